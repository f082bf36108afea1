package cowork

import (
	"iter"
	"slices"
	"strings"
)

// A Kind is a row of the schema: one kind of event.
type Kind struct {
	// Name is the short name, without a prefix.
	Name string
	// Core marks the five events that Anthropic documents for monitoring.
	Core bool
	// Prompt marks a kind that a prompt causes, so that it has a prompt.id.
	Prompt bool
	// Own marks a kind that this collector writes itself.
	Own bool
	// Required are the key attributes: a valid event carries them in addition to
	// session.id, event.timestamp and event.sequence.
	Required []string
	// Attributes are those of the kind without the standard ones. They include
	// Required.
	Attributes []string
	// Ungated are the attributes that this kind sends although the schema names a
	// gate for them.
	Ungated []string
	// Source names the source of the row, as in [Attribute].
	Source string
	// Doc is one line for a reader.
	Doc string
}

// names splits a list of attributes, so that a row of the table reads as one.
func names(list ...string) []string { return strings.Fields(strings.Join(list, " ")) }

// attribution names on whose behalf a request was made.
const attribution = "agent.name agent_id skill.name plugin.name marketplace.name mcp_server.name mcp_tool.name"

// kindTable has the core kinds first, then the rest in the order of a prompt's life.
// To add a kind, add a row and regenerate schema.md as described in schema.go.
var kindTable = []Kind{
	{
		Name: "user_prompt", Core: true, Prompt: true, Source: "live SEED4 CCDOC", Doc: "a user wrote a prompt, or the client made one",
		Required:   names("prompt_length"),
		Attributes: names("prompt prompt_text prompt_length command_name command_source input_tokens output_tokens", OriginAttribute),
	},
	{
		Name: "api_request", Core: true, Prompt: true, Source: "live SEED4 CCDOC", Doc: "a call to the API was answered; the only kind that carries money",
		Required: names("model duration_ms input_tokens output_tokens"),
		Attributes: names(`model cost_usd cost_usd_micros duration_ms ttft_ms input_tokens output_tokens cache_read_tokens
			cache_creation_tokens cache_creation_5m_tokens cache_creation_1h_tokens request_id client_request_id
			speed effort query_source`, CostSourceAttribute, attribution),
	},
	{
		Name: "api_error", Core: true, Prompt: true, Source: "live SEED4 CCDOC", Doc: "a call to the API failed for good",
		Required:   names("model error duration_ms attempt"),
		Attributes: names("model error status_code duration_ms attempt request_id client_request_id speed effort query_source", attribution),
		Ungated:    names("error"),
	},
	{
		Name: "tool_decision", Core: true, Prompt: true, Source: "live SEED4 CCDOC", Doc: "a tool was permitted or rejected",
		Required:   names("tool_name decision source"),
		Attributes: names("tool_name tool_use_id decision source tool_source permission_mode tool_parameters request_id"),
	},
	{
		Name: "tool_result", Core: true, Prompt: true, Source: "live SEED4 CCDOC", Doc: "a tool ran; its output is never sent",
		Required: names("tool_name success duration_ms"),
		Attributes: names(`tool_name tool_use_id success duration_ms error error_type decision_type decision_source
			tool_input_size_bytes tool_result_size_bytes mcp_server_scope tool_parameters tool_input mcp_server.name
			mcp_tool.name request_id`),
	},
	{
		Name: "assistant_response", Prompt: true, Source: "live CCDOC", Doc: "the model answered",
		Required:   names("response_length"),
		Attributes: names("response response_length model request_id query_source agent_id"),
	},
	{
		Name: "api_refusal", Prompt: true, Source: "live CCDOC", Doc: "the model refused to answer",
		Required: names("model"),
		Attributes: names(`model request_id client_request_id query_source speed attempt effort server_fallback_hop
			has_category has_explanation category`, attribution),
	},
	{
		Name: "api_retries_exhausted", Prompt: true, Source: "live CCDOC", Doc: "the client gave up; comes with the last api_error",
		Required:   names("model total_attempts"),
		Attributes: names("model error status_code total_attempts total_retry_duration_ms speed effort query_source"),
		Ungated:    names("error"),
	},
	{
		Name: "api_request_body", Prompt: true, Source: "live CCDOC", Doc: "a whole request to the API",
		Required:   names("body_length"),
		Attributes: names("body body_ref body_length body_truncated model query_source request_id request_body_id message.id agent_id"),
	},
	{
		Name: "api_response_body", Prompt: true, Source: "live CCDOC", Doc: "a whole response of the API",
		Required:   names("body_length"),
		Attributes: names("body body_ref body_length body_truncated model query_source request_id request_body_id message.id agent_id"),
	},
	{
		Name: "skill_activated", Prompt: true, Source: "live CCDOC", Doc: "a skill was used",
		Required:   names("skill.name"),
		Attributes: names("skill.name invocation_trigger skill.source skill.kind plugin.name marketplace.name"),
	},
	{
		Name: "subagent_completed", Prompt: true, Source: "live CCDOC", Doc: "a subagent ended",
		Required: names("agent_type"),
		Attributes: names(`agent_type agent.source agent_id is_built_in is_async total_tokens total_tool_uses duration_ms
			model final_model model_swapped plugin.name marketplace.name`),
	},
	{
		Name: "mcp_server_connection", Source: "live CCDOC", Doc: "a connector connected, failed or went away",
		Required: names("status"),
		Attributes: names(`status transport_type server_scope duration_ms error_code is_plugin plugin_id_hash plugin.name
			server_name error`),
	},
	{
		Name: "plugin_loaded", Source: "live CCDOC", Doc: "a plugin was loaded at start-up",
		Required: names("plugin.name"),
		Attributes: names(`plugin.name marketplace.name plugin.version plugin.scope enabled_via plugin_id_hash has_hooks has_mcp
			host_owned_mcp skill_path_count command_path_count agent_path_count safe_mode`),
	},
	{
		Name: "plugin_installed", Source: "CCDOC", Doc: "a plugin was installed",
		Required:   names("plugin.name"),
		Attributes: names("plugin.name plugin.version marketplace.name marketplace.is_official install.trigger"),
	},
	{
		Name: "hook_registered", Source: "live CCDOC", Doc: "a hook was found at start-up",
		Required:   names("hook_event"),
		Attributes: names("hook_event hook_type hook_source hook_matcher safe_mode plugin.name"),
	},
	{
		Name: "hook_execution_start", Source: "live CCDOC EL-CW", Doc: "hooks begin to run",
		Required:   names("hook_event"),
		Attributes: names("hook_event hook_name num_hooks managed_only hook_source safe_mode hook_definitions"),
	},
	{
		Name: "hook_execution_complete", Source: "live CCDOC EL-CW", Doc: "hooks have run",
		Required: names("hook_event"),
		Attributes: names(`hook_event hook_name num_hooks num_success num_blocking num_non_blocking_error num_cancelled
			total_duration_ms managed_only hook_source safe_mode hook_definitions stdout_chars additional_context_chars
			system_message_chars initial_user_message_chars num_outputs_persisted`),
	},
	{
		Name: "hook_plugin_metrics", Source: "CCDOC", Doc: "a plugin's own counters, under names of its own",
		Attributes: names("plugin_id hook_event"),
	},
	{
		Name: "permission_mode_changed", Source: "CCDOC", Doc: "the permission mode changed",
		Required:   names("to_mode"),
		Attributes: names("from_mode to_mode trigger"),
	},
	{
		Name: "auth", Source: "CCDOC", Doc: "a login or a logout",
		Required:   names("action success"),
		Attributes: names("action success auth_method error_category status_code"),
	},
	{
		Name: "compaction", Source: "CCDOC", Doc: "a conversation was shortened",
		Required:   names("trigger success"),
		Attributes: names("trigger success duration_ms pre_tokens post_tokens error precompute_reuse"),
		Ungated:    names("error"),
	},
	{
		Name: "at_mention", Source: "live CCDOC", Doc: "a prompt mentioned a file, an agent or another resource",
		Required:   names("mention_type"),
		Attributes: names("mention_type success"),
	},
	{
		Name: "internal_error", Source: "CCDOC", Doc: "the client failed inside",
		Required:   names("error_name"),
		Attributes: names("error_name error_code"),
	},
	{
		Name: "feedback_survey", Source: "CCDOC", Doc: "a survey was shown or answered",
		Required: names("event_type"),
		Attributes: names(`event_type appearance_id survey_type response enabled_via_override event_origin
			event_origin_server`),
		Ungated: names("response"),
	},
	{
		Name: "retention_sweep", Source: "live CCDOC", Doc: "old transcripts were deleted",
		Required: names("result"),
		Attributes: names(`result period_days used_default skip_reason transcripts_exempted_desktop transcripts_deleted
			session_files_deleted artifacts_deleted history_entries_pruned files_past_cutoff files_retained_fresh error_count`),
	},
	{
		Name: "managed_settings_resolved", Source: "live CCDOC-Oct", Doc: "settings of the organization were found at start-up",
		Attributes: names(`managed_settings.trigger managed_settings.sources managed_settings.source_behavior
			managed_settings.helper.state managed_settings.helper.applied managed_settings.helper.path
			managed_settings.resolved_sha256 managed_settings.settings managed_settings.settings_truncated error.type`),
	},
	{
		Name: "system_prompt", Prompt: true, Source: "live CCDOC-Oct", Doc: "a system prompt, at its first use",
		Required:   names("system_prompt_hash"),
		Attributes: names("system_prompt system_prompt_hash system_prompt_length agent_id"),
	},
	{
		Name: "tool", Prompt: true, Source: "live", Doc: "a tool's definition, at its first use",
		Required:   names("tool_name"),
		Attributes: names("tool_name tool tool_hash agent_id"),
	},
	{Name: "session_start", Source: "3P", Doc: "a session began; known from a third party only"},
	{
		Name: "lam_session_turn_completed", Source: "3P", Doc: "a turn, as the desktop app's own stream reports it",
		Attributes: names(`input_tokens output_tokens cache_read_input_tokens cache_creation_input_tokens
			total_cost_usd`),
	},
	{
		Name: "prompt_summary", Own: true, Source: "own", Doc: "a prompt has been idle; cowork.prompt_summary on the wire",
		Attributes: own("cowork.prompt."),
	},
	{
		Name: "alert", Own: true, Source: "own", Doc: "a rule fired or was resolved; cowork.alert on the wire",
		Attributes: own("alert."),
	},
	{
		Name: "tenant_mismatch", Own: true, Source: "own", Doc: "a batch had items of an organization that its token is not bound to; cowork.tenant_mismatch on the wire",
		Attributes: own("cowork.tenant"),
	},
}

// own lists the attributes of ownTable that begin with prefix.
func own(prefix string) []string {
	var list []string
	for _, attribute := range ownTable {
		if strings.HasPrefix(attribute.Name, prefix) {
			list = append(list, attribute.Name)
		}
	}
	return list
}

var kindIndex = indexKinds(kindTable)

func indexKinds(table []Kind) map[string]*Kind {
	index := make(map[string]*Kind, len(table))
	for i := range table {
		index[table[i].Name] = &table[i]
	}
	return index
}

// KindOf returns the schema's row for a short event name, nil if there is none.
// The row is shared and must not be changed.
func KindOf(name string) *Kind { return kindIndex[name] }

// Kinds iterates over all rows in the order of the table. What a row's slices hold
// is shared and must not be changed.
func Kinds() iter.Seq[Kind] { return slices.Values(kindTable) }
