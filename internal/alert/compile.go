package alert

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.yaml.in/yaml/v3"

	"github.com/cowork-otel/collector/internal/cowork"
)

// resolveAfter is how long a rule fires that holds for a moment only.
const resolveAfter = 5 * time.Minute

// Compile makes rules of what is written, those that are not enabled left out. Rules may
// group by attributes that are shown, and tell them, although the schema does not know
// them. The error says all that is wrong, and what would be right.
func Compile(specs []Spec, lang Language, shown ...string) ([]Rule, error) {
	var rules []Rule
	known, errs := namesOf(shown)
	seen := map[string]bool{}
	for i := range specs {
		s := &specs[i]
		d := newDraft(s, i, lang)
		d.names = known
		if seen[s.Name] && s.Name != "" {
			d.fail("name", "must be unique (another rule is called so)")
		}
		seen[s.Name] = true
		d.compile()
		errs = append(errs, d.errs...)
		if s.Enabled == nil || *s.Enabled {
			rules = append(rules, d.rule)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return rules, nil
}

// A draft is a rule on its way from what is written to what works.
type draft struct {
	spec  *Spec
	where string
	lang  Compiler
	rule  Rule
	meant condition
	names names
	errs  []error
}

func newDraft(s *Spec, i int, lang Language) *draft {
	where := s.Name
	if !isRuleName(where) {
		where = fmt.Sprint(i)
	}
	return &draft{spec: s, where: where, lang: lang(s.Name), rule: Rule{
		Name: s.Name, Description: s.Description, Why: s.Why, Action: s.Action,
		Severity: s.Severity, Labels: s.Labels, wait: int64(s.For), keep: int64(s.KeepFiringFor),
	}}
}

// fail says what is wrong with a key.
func (d *draft) fail(key, want string) {
	d.errs = append(d.errs, fmt.Errorf("rules::%s::%s: %s", d.where, key, want))
}

// check fails for a key unless it is right.
func (d *draft) check(right bool, key, want string) {
	if !right {
		d.fail(key, want)
	}
}

// try fails for a key where there is an error.
func (d *draft) try(key string, err error) {
	if err != nil {
		d.fail(key, err.Error())
	}
}

func (d *draft) compile() {
	for _, demand := range demands {
		d.check(demand.met(d.spec), demand.key, demand.want)
	}
	for i, name := range d.spec.Events {
		kind := kindName(name)
		d.check(kind != "", fmt.Sprintf("events::%d", i), "must be the name of a kind of events, such as tool_result")
		d.rule.Events = append(d.rule.Events, kind)
	}
	d.labels()
	if d.spec.Condition != "" {
		d.meant = d.condition("condition", d.spec.Condition)
	}
	for i, text := range d.spec.GroupBy {
		f := d.shownField(fmt.Sprintf("group_by::%d", i), text)
		if !isName(text) {
			f.name = fmt.Sprintf("group.%d", i+1)
		}
		d.check(!slices.Contains(d.spec.GroupBy[:i], text), fmt.Sprintf("group_by::%d", i), "must not be there twice")
		d.rule.by = append(d.rule.by, f)
	}
	kind := d.kind()
	d.rule.parts = kind.parts(d)
	d.rule.caused = kind.moment
	if kind.moment {
		d.rule.keep = int64(d.resolve())
	}
	d.text(kind.eventless)
	d.rule.hash = definition(d.spec)
}

// kind returns the one that is set, and checks what all of its sort need.
func (d *draft) kind() *kind {
	found, n := &each, 0
	for i := range kinds {
		if kinds[i].set(d.spec) {
			found, n = &kinds[i], n+1
			d.check(n == 1, kinds[i].key, "must not be set beside another kind of rule")
		}
	}
	if found.window {
		d.check(d.spec.Window >= time.Second, "window", fmt.Sprintf("%v: must be at least 1s", d.spec.Window))
	} else {
		d.check(d.spec.Window == 0, "window", "must not be set for this kind of rule")
	}
	d.check(!found.moment || d.spec.For == 0, "for", "must not be set for a rule that holds for a moment only")
	d.check(found.moment || found.key == "absent" || d.spec.ResolveAfter == 0, "resolve_after", "must not be set for a rule that ends by itself (keep_firing_for may be)")
	return found
}

func (d *draft) resolve() time.Duration {
	after := d.spec.ResolveAfter
	if after == 0 {
		after = resolveAfter
	}
	return max(after, d.spec.KeepFiringFor)
}

// text compiles the message. A rule without one says its name.
func (d *draft) text(eventless bool) {
	text := d.spec.Message
	if text == "" {
		text = d.spec.Name
	}
	var errs []error
	d.rule.message, errs = parseTemplate(text, &d.rule, d.spec, d.names, eventless)
	for _, err := range errs {
		d.try("message", err)
	}
}

// kindName returns the short name of a kind of events, "" for what is none.
func kindName(name string) string {
	rec := plog.NewLogRecord()
	rec.SetEventName(name)
	return cowork.EventOf(pcommon.NewResource(), pcommon.NewInstrumentationScope(), rec).Name()
}

func isRuleName(s string) bool {
	return s != "" && len(s) <= 128 && !strings.ContainsFunc(s, func(r rune) bool {
		return r != '_' && (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
}

// A demand is what every rule must satisfy.
type demand struct {
	key, want string
	met       func(*Spec) bool
}

var severities = []string{"info", "warning", "critical"}

var demands = []demand{
	{"name", "must be set, of the characters a-z, 0-9 and _ (128 at most)", func(s *Spec) bool { return isRuleName(s.Name) }},
	{"severity", "must be info, warning or critical", func(s *Spec) bool { return slices.Contains(severities, s.Severity) }},
	{"for", "must not be negative", func(s *Spec) bool { return s.For >= 0 }},
	{"keep_firing_for", "must not be negative", func(s *Spec) bool { return s.KeepFiringFor >= 0 }},
	{"resolve_after", "must not be negative", func(s *Spec) bool { return s.ResolveAfter >= 0 }},
	{"absent", "must be positive, such as 30m", func(s *Spec) bool { return s.Absent >= 0 }},
	{"labels", "must be 32 at most", func(s *Spec) bool { return len(s.Labels) <= 32 }},
	{"group_by", "must be 8 at most", func(s *Spec) bool { return len(s.GroupBy) <= 8 }},
}

// definition returns a hash of what a rule measures. What it only says is no part of
// it, so that a better description does not lose what is known.
func definition(s *Spec) [16]byte {
	d := *s
	d.Description, d.Why, d.Action, d.Severity, d.Labels, d.Enabled = "", "", "", "", nil, nil
	text, err := yaml.Marshal(&d)
	if err != nil {
		return [16]byte{} // which a rule of strings and numbers does not cause
	}
	sum := sha256.Sum256(text)
	return [16]byte(sum[:16])
}
