package coworkrulesconnector

import (
	"fmt"
	"strings"

	"github.com/cowork-otel/collector/internal/alert"
	"github.com/cowork-otel/collector/internal/nearest"
)

// formerRules are built-in rules of earlier versions, with the rule that each is part of
// now, or nothing if other rules fire in its place.
var formerRules = map[string]string{
	"archive_piped_out":     "socket_upload",
	"cluster_discovery":     "cloud_listed",
	"download_and_run":      "pipe_to_shell",
	"gist_created":          "paste_site",
	"inline_code_downloads": "pipe_to_shell",
	"page_then_script":      "",
	"permissions_escalated": "",
	"retries_exhausted":     "",
}

// unknownRule returns what is wrong with a name that is no built-in rule.
func unknownRule(name string, builtin []alert.Spec) string {
	if now, former := formerRules[name]; former && now != "" {
		return fmt.Sprintf("is part of %s now (write %s)", now, now)
	} else if former {
		return "no longer exists, since other rules fire in its place (remove it)"
	}
	known := append(append([]string{}, alert.Profiles...), allRules)
	profiles := strings.Join(known, ", ")
	for _, spec := range builtin {
		known = append(known, spec.Name)
	}
	if near := nearest.Name(name, known); near != "" {
		return fmt.Sprintf("no such rule (did you mean %q?)", near)
	}
	return fmt.Sprintf("no such rule (must be of %s, or a rule of internal/alert/builtin.md)", profiles)
}

// notSelected returns why overrides cannot change a rule that builtin_rules does not select.
func notSelected(name string, builtin, own []alert.Spec) string {
	switch {
	case indexOfRule(builtin, name) >= 0:
		return "is not in builtin_rules (name it there first)"
	case indexOfRule(own, name) >= 0:
		return "is a rule of your own (change it in rules)"
	}
	return unknownRule(name, builtin)
}
