package cowork

// ownTable holds the attributes that this collector writes: on prompts, summaries and
// alerts, and on invalid events.
var ownTable = []Attribute{
	{"cowork.validation.errors", Label, Strings, "", None, "own", "what is wrong with the event"},
	{"cowork.time_source", Label, String, "", None, "own", "where the record's time is from if the client sent none: observed (the client's observed time) or arrival"},
	{"cowork.clock_skew_ms", Measure, Int, "ms", None, "own", "arrival minus time of the event where the client's clock is wrong by over a minute; positive if it is slow"},
	{"cowork.delivery_delay_ms", Measure, Int, "ms", None, "own", "how late the event was delivered, if over a minute"},
	{"cowork.redaction.unknown_attributes", Label, Strings, "", None, "own", "unknown attributes whose texts redaction replaced since the last report"},
	{RedactedAttribute, Measure, Bool, "", None, "own", "on a scope: whether cowork_redaction has redacted its records"},

	// People, which cowork_roster and cowork_redaction write.
	{UserNameAttribute, Personal, String, "", None, "own", "the name of the user, as the roster or identities::display of redaction has it"},
	{TeamAttribute, Label, String, "", None, "own", "the team of the user, from the roster"},
	{CostCenterAttribute, Label, String, "", None, "own", "the cost center of the user, from the roster"},

	// Verdicts, which cowork_egress writes.
	{"cowork.egress.verdict", Label, String, "", None, "own", "the worst verdict on a host that the event names: disabled, unlisted, allowed or local"},
	{"cowork.egress.host", Label, String, "", None, "own", "the first host with this verdict"},
	{"cowork.egress.disabled", Label, Strings, "", None, "own", "hosts that are disabled"},
	{"cowork.egress.unlisted", Label, Strings, "", None, "own", "hosts that are on no list"},
	{"cowork.egress.allowed", Label, Strings, "", None, "own", "hosts that are allowed"},
	{"cowork.egress.local", Label, Strings, "", None, "own", "hosts on this machine or in a private network that are on no list"},
	{"cowork.connector.verdict", Label, String, "", None, "own", "the verdict on the connector: disabled, unlisted or allowed"},
	{"cowork.plugin.verdict", Label, String, "", None, "own", "the verdict on the plugin: disabled, unlisted or allowed"},

	{RedeliveredAttribute, Measure, Bool, "", None, "own", "whether the event was passed on before and refused: whatever counts has counted it"},

	// Tenants, which cowork_event writes.
	{TenantAttribute, Label, String, "", None, "own", "the name of the token with which it was sent"},
	{TenantMismatchAttribute, Measure, Bool, "", None, "own", "whether it named an organization that its token is not bound to, which was renamed to client.organization.id"},
	{"cowork.tenant.mismatches", Measure, Int, "{item}", None, "own", "on cowork.tenant_mismatch: records, spans or points of other organizations in one batch"},
	{"cowork.tenant.action", Label, String, "", None, "own", "on cowork.tenant_mismatch: refuse or mark"},
	{"cowork.tenant.signal", Label, String, "", None, "own", "on cowork.tenant_mismatch: logs, metrics or traces"},
	{"cowork.tenant.claimed", Identifier, String, "", None, "own", "on cowork.tenant_mismatch: the organization that the first of them named"},

	// cowork.prompt_summary
	{"cowork.prompt.start", Measure, Timestamp, "", None, "own", "time of the prompt's first event"},
	{"cowork.prompt.duration_ms", Measure, Int, "ms", None, "own", "from the first event to the last"},
	{"cowork.prompt.event_count", Measure, Int, "{event}", None, "own", "events"},
	{"cowork.prompt.api_request_count", Measure, Int, "{request}", None, "own", "requests that were answered"},
	{"cowork.prompt.api_error_count", Measure, Int, "{error}", None, "own", "requests that failed"},
	{"cowork.prompt.api_refusal_count", Measure, Int, "{refusal}", None, "own", "requests that were refused"},
	{"cowork.prompt.cost_usd", Measure, Double, "USD", None, "own", "cost of all requests"},
	{"cowork.prompt.input_tokens", Measure, Int, "{token}", None, "own", "input tokens, without those of the cache"},
	{"cowork.prompt.output_tokens", Measure, Int, "{token}", None, "own", "output tokens"},
	{"cowork.prompt.cache_read_tokens", Measure, Int, "{token}", None, "own", "input tokens read from the cache"},
	{"cowork.prompt.cache_creation_tokens", Measure, Int, "{token}", None, "own", "input tokens written to the cache"},
	{"cowork.prompt.tool_count", Measure, Int, "{call}", None, "own", "tools that ran"},
	{"cowork.prompt.tool_failure_count", Measure, Int, "{call}", None, "own", "tools that failed"},
	{"cowork.prompt.tool_reject_count", Measure, Int, "{call}", None, "own", "tools that were rejected"},
	{"cowork.prompt.client_traced_count", Measure, Int, "{event}", None, "own", "events in a trace of the client's own"},
	{"cowork.prompt.models", Label, Strings, "", None, "own", "models that answered"},
	{"cowork.prompt.tools", Label, Strings, "", None, "own", "tools that ran"},
	{"cowork.prompt.connectors", Label, Strings, "", None, "own", "connectors that were used"},
	{"cowork.prompt.skills", Label, Strings, "", None, "own", "skills that were used"},
	{"cowork.prompt.subagents", Label, Strings, "", None, "own", "subagents that ran"},
	{"cowork.prompt.complete", Measure, Bool, "", None, "own", "whether the user_prompt was seen"},
	{"cowork.prompt.origin", Label, String, "", None, "own", "what started the prompt: user (a person typed it), task, schedule or agent; also on user_prompt and interaction spans"},
	{"cowork.prompt.part", Measure, Int, "", None, "own", "0, 1, … when late events reopen the prompt"},
	{"cowork.prompt.previous_id", Identifier, String, "", None, "own", "the prompt before it in its session"},
	{"cowork.prompt.close_reason", Label, String, "", None, "own", "idle, evicted or shutdown"},

	// cowork.alert
	{"alert.name", Label, String, "", None, "own", "the rule"},
	{"alert.status", Label, String, "", None, "own", "firing or resolved"},
	{"alert.severity", Label, String, "", None, "own", "info, warning or critical"},
	{"alert.message", Content, String, "", None, "own", "the rule's message, filled in"},
	{"alert.fingerprint", Identifier, String, "", None, "own", "the rule and its group, hashed"},
	{"alert.value", Measure, Double, "", None, "own", "what was measured"},
	{"alert.threshold", Measure, Double, "", None, "own", "the threshold it was compared with"},
	{"alert.measured", Label, String, "", None, "own", "value and threshold in words"},
	{"alert.starts_at", Measure, Timestamp, "", None, "own", "when the alert began to fire"},
	{"alert.ends_at", Measure, Timestamp, "", None, "own", "when it was resolved"},
	{"alert.description", Label, String, "", None, "own", "what the rule detects, in a sentence"},
	{"alert.why", Label, String, "", None, "own", "why it matters"},
	{"alert.action", Label, String, "", None, "own", "what to do"},
	{"alert.event_id", Identifier, String, "", None, "own", "the event that caused the alert, if a single one did: a hash, which the page and flat lines have too"},
	{"alert.tags", Label, Strings, "", None, "own", "the techniques that the rule detects, such as attack.t1059.004"},
}
