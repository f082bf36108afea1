package ocsf

import (
	"math"
	"strconv"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// The roles of a message, ai_role_id.
const (
	userRole      = 1
	assistantRole = 2
)

var roles = map[int64]string{userRole: "User", assistantRole: "Assistant"}

// fillAPI writes the objects that API Activity requires.
func fillAPI(d *document, operation, service string) pcommon.Map {
	api := d.root.PutEmptyMap("api")
	d.putRequired(api, "operation", operation, unknownName)
	d.putRequired(api.PutEmptyMap("service"), "name", service, unknownName)
	uid := d.take("request_id")
	if uid == "" {
		uid = d.take("client_request_id")
	}
	if uid = d.Cut(uid); uid != "" {
		api.PutEmptyMap("request").PutStr("uid", uid)
	}
	fillEndpoint(d, d.root.PutEmptyMap("src_endpoint"))
	d.putRequired(d.root.PutEmptyMap("dst_endpoint"), "svc_name", service, unknownName)
	return api
}

// fillMessage writes the message_context of a message in a prompt.
func fillMessage(d *document, role int64) pcommon.Map {
	m := d.root.PutEmptyMap("message_context")
	m.PutInt("ai_role_id", role)
	m.PutStr("ai_role", roles[role])
	d.put(m, "uid", d.PromptID())
	fillClient(d, m.PutEmptyMap("application"))
	m.PutEmptyMap("service").PutStr("name", serviceName)
	return m
}

func fillPrompt(d *document) {
	fillAPI(d, "prompt", serviceName)
	m := fillMessage(d, userRole)
	text := d.take("prompt")
	if text == "" {
		text = d.take("prompt_text")
	}
	d.put(m, "prompt_text", text)
	outcome(d, true)
}

func fillResponse(d *document) {
	fillAPI(d, "respond", serviceName)
	d.put(fillMessage(d, assistantRole), "response_text", d.take("response"))
	outcome(d, true)
}

// messagesCreate is the operation of all requests to the model: the endpoint /v1/messages.
const messagesCreate = "messages.create"

// inputTokens are the parts of the input of a request: all of them are tokens of the
// prompt. They stay in unmapped too, since their prices differ.
var inputTokens = [...]string{"input_tokens", "cache_read_tokens", "cache_creation_tokens"}

func fillRequest(d *document) {
	fillAPI(d, messagesCreate, serviceName)
	m := fillMessage(d, assistantRole)
	prompt, all := int64(0), true
	for _, key := range inputTokens {
		if n, ok := d.Int(key); ok {
			all = all && n >= 0 && n <= math.MaxInt32
			prompt += n
		}
	}
	completion, ok := d.Int("output_tokens")
	if all && (!ok || completion >= 0 && completion <= math.MaxInt32) {
		m.PutInt("prompt_tokens", prompt)
		m.PutInt("completion_tokens", completion)
		m.PutInt("total_tokens", prompt+completion)
	}
}

func fillRequestFailure(d *document) {
	api := fillAPI(d, messagesCreate, serviceName)
	fillMessage(d, assistantRole)
	message := d.Cut(d.take("error"))
	code, hasCode := d.takeInt("status_code")
	if d.kind == "api_refusal" {
		message = "refusal"
	}
	if message == "" && !hasCode {
		return
	}
	response := api.PutEmptyMap("response")
	if hasCode {
		response.PutInt("code", code)
		d.root.PutStr("status_code", strconv.FormatInt(code, 10))
	}
	if message != "" {
		response.PutStr("error_message", message)
		d.put(d.root, "status_detail", message)
	}
}

func fillRequestBody(d *document) {
	fillAPI(d, messagesCreate, serviceName)
	fillMessage(d, assistantRole)
}

func fillCompaction(d *document) {
	fillAPI(d, "compact", serviceName)
	d.use("success")
	d.put(d.root, "status_detail", d.take("error"))
}
