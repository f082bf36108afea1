package synthetic

import (
	"fmt"
	"strings"
)

// promptTemplates are the prompts that users type, with a topic and an audience.
var (
	promptTemplates = []string{
		"Summarise the %s for %s", "Turn the %s into a one-page brief for %s", "Compare the %s with last quarter's and tell %s what changed",
		"Draft a reply about the %s to %s", "Find every open question in the %s and list them for %s",
		"Build a spreadsheet from the %s that %s can filter", "Rename and sort the files of the %s so that %s finds them",
		"Check the %s for mistakes before %s reads it", "Prepare slides on the %s for %s", "Collect this week's numbers for the %s and post them to %s",
	}
	topics = []string{
		"supplier contracts", "travel expenses", "hiring plan", "customer survey", "budget forecast", "onboarding guide",
		"incident report", "product roadmap", "invoice backlog", "sales pipeline", "meeting notes", "board minutes", "vendor list", "training records",
	}
	audiences = []string{
		"the finance team", "legal", "my manager", "the Monday meeting", "the steering committee", "support", "the whole department", "our partners",
	}
)

func topicText(r random) string { return pick(r, topics) }

// promptText returns a prompt, at a rate with a sensitive value in it.
func promptText(r random) string {
	text := fmt.Sprintf(pick(r, promptTemplates), topicText(r), pick(r, audiences)) + "."
	if r.chance(0.4) {
		text += " " + pick(r, []string{
			"Keep it short.", "Use the template in the shared folder.", "Ask before you send anything.", "Numbers in thousands, please.",
			"It is due at noon.", "Leave the originals alone 🙏", "Antworte bitte auf Deutsch.",
		})
	}
	if r.chance(promptPII) {
		text += " For questions there is " + sensitiveText(r) + "."
	}
	return text
}

// responseText returns an answer of the model: a progress message or, with the
// last request, a report.
func responseText(r random, last bool) string {
	if !last {
		return pick(r, []string{"Looking at the ", "Now the ", "Let me check the ", "Next, the "}) + topicText(r) + "."
	}
	lines := []string{"Done. Here is what I did about the " + topicText(r) + ":"}
	for range r.between(2, 6) {
		lines = append(lines, "- "+pick(r, []string{"read", "updated", "compared", "moved", "checked"})+" the "+topicText(r))
	}
	if r.chance(responsePII * 2) {
		lines = append(lines, "I noted "+sensitiveText(r)+" on the first page.")
	}
	return strings.Join(lines, "\n")
}

// requestBody returns an API request body as the client logs it, truncated at the
// client's limit.
func requestBody(r random, model, prompt string) (body string, length int, truncated bool) {
	const limit = 60_000
	var b strings.Builder
	fmt.Fprintf(&b, `{"model":%q,"max_tokens":32000,"system":"You are a careful assistant.`, model)
	for b.Len() < r.between(8_000, 70_000) {
		b.WriteString(" When you touch the " + topicText(r) + ", say so.")
	}
	fmt.Fprintf(&b, `","messages":[{"role":"user","content":%s}],"stream":true}`, quote(prompt))
	body = b.String()
	return body[:min(len(body), limit)], len(body), len(body) > limit
}
