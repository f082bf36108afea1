package coworkalertexporter

import (
	"maps"
	"net/url"
)

// pageLinks is the URL of the page of cowork_dashboard, without a slash at its end. The
// empty URL has no links.
type pageLinks string

// promptURL is the annotation with the link to the prompt of an alert.
const promptURL = "prompt_url"

// panels are the panels of the page that list alerts of a status.
var panels = map[string]string{firing: "p-alerts_firing", resolved: "p-alerts_recent"}

// alerts returns the link to the panel with the alerts of a status.
func (l pageLinks) alerts(status string) string {
	if l == "" {
		return ""
	}
	return string(l) + "/alerts#" + panels[status]
}

// annotate returns annotations with the link to the prompt, if there is one.
func (l pageLinks) annotate(annotations map[string]string) map[string]string {
	prompt := annotations["prompt_id"]
	if l == "" || prompt == "" {
		return annotations
	}
	linked := maps.Clone(annotations)
	linked[promptURL] = string(l) + "/prompts/" + url.PathEscape(prompt)
	if event := annotations["event_id"]; event != "" {
		linked[promptURL] += "?event=" + url.QueryEscape(event) + "#alert-step"
	}
	return linked
}
