package synthetic

import (
	"fmt"
	"strings"
)

// errands are what people ask for: a verb and an object; topics and audiences
// make many of the few.
var (
	errands = []string{
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

func (d dice) topic() string { return pick(d, topics) }

// prompt returns what somebody typed, now and then with something in it that
// must not leave.
func (d dice) prompt() string {
	text := fmt.Sprintf(pick(d, errands), d.topic(), pick(d, audiences)) + "."
	if d.chance(0.4) {
		text += " " + pick(d, []string{
			"Keep it short.", "Use the template in the shared folder.", "Ask before you send anything.", "Numbers in thousands, please.",
			"It is due at noon.", "Leave the originals alone 🙏", "Antworte bitte auf Deutsch.",
		})
	}
	if d.chance(promptPII) {
		text += " For questions there is " + d.exposed() + "."
	}
	return text
}

// response returns what the model said with a request: a word on the way, or at
// the end a report.
func (d dice) response(last bool) string {
	if !last {
		return pick(d, []string{"Looking at the ", "Now the ", "Let me check the ", "Next, the "}) + d.topic() + "."
	}
	lines := []string{"Done. Here is what I did about the " + d.topic() + ":"}
	for range d.between(2, 6) {
		lines = append(lines, "- "+pick(d, []string{"read", "updated", "compared", "moved", "checked"})+" the "+d.topic())
	}
	if d.chance(responsePII * 2) {
		lines = append(lines, "I noted "+d.exposed()+" on the first page.")
	}
	return strings.Join(lines, "\n")
}

// rawBody returns an API request body as the client logs it, cut like the real
// one where it grows too long.
func (d dice) rawBody(model, prompt string) (body string, length int, cut bool) {
	const limit = 60_000
	var b strings.Builder
	fmt.Fprintf(&b, `{"model":%q,"max_tokens":32000,"system":"You are a careful assistant.`, model)
	for b.Len() < d.between(8_000, 70_000) {
		b.WriteString(" When you touch the " + d.topic() + ", say so.")
	}
	fmt.Fprintf(&b, `","messages":[{"role":"user","content":%s}],"stream":true}`, quote(prompt))
	body = b.String()
	return body[:min(len(body), limit)], len(body), len(body) > limit
}
