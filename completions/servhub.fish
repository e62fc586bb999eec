complete --keep-order --exclusive --command servhub --arguments "(SERVHUB_COMPLETE=fish servhub -- (commandline --current-process --tokenize --cut-at-cursor) (commandline --current-token))"
