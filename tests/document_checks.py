"""What schemathesis does not know of the hub, and one thing that it gets wrong."""

import functools

import schemathesis
from schemathesis.specs.openapi.adapter import responses

# Tuples in answers: 4.32 writes `prefixItems` as the `items` of an older dialect, and then refuses that as no schema of its own.
responses.to_json_schema = functools.partial(responses.to_json_schema, convert_prefix_items=False)


@schemathesis.check
def what_the_document_allows_is_understood(ctx, response, case):
    """A request that the document allows may break a rule of the field (E01xx), but the hub can always read it (not E0800)."""
    if case.meta.generation.mode.is_positive and response.status_code == 400:
        problem = response.json()
        assert problem["code"] != "E0800", problem["detail"]
