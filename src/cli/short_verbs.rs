//! Commands that name one thing and do one thing to it: each is a line where its noun stands.

/// `verbs! { of module, noun, "what is named"; /// Help ... Verb asks true, }`: a command for each, which makes the change of
/// the same name in the module of the hub. Where it asks, it does so before it changes anything.
macro_rules! verbs {
    (of $module:path, $noun:ident, $named:literal; $($(#[doc = $doc:literal])* $name:ident asks $asks:literal),+ $(,)?) => {
        use $module as wishes;
        $(
            $(#[doc = $doc])*
            #[derive(Debug, clap::Args)]
            pub struct $name {
                #[doc = $named]
                $noun: String,
                #[command(flatten)]
                changing: $crate::cli::args::Changing,
                #[command(flatten)]
                show: $crate::cli::args::Show,
            }

            impl $crate::cli::Command for $name {
                fn run(self, app: &$crate::cli::App) -> anyhow::Result<$crate::cli::Outcome> {
                    if $asks && !self.changing.dry_run {
                        let question = format!("{} {} {}?", stringify!($name), stringify!($noun), self.$noun);
                        app.ui.confirm(&question, self.changing.yes)?;
                    }
                    app.change(&wishes::$name { $noun: self.$noun }, &self.changing, &self.show)
                }
            }
        )+
    };
}

pub(super) use verbs;
