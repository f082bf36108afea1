package alert

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"
	"go.yaml.in/yaml/v3"

	"github.com/cowork-otel/collector/internal/cowork"
)

const (
	// resolveAfter is the default of resolve_after.
	resolveAfter = 5 * time.Minute
	// maxEventAge is the age up to which single events are evaluated if lateness is less: a
	// slow clock, or a client that was offline, must not hide them.
	maxEventAge = 24 * time.Hour
)

// Compile compiles specs and leaves out those that are not enabled. Rules may show the
// attributes in shown although the schema does not have them. The error lists everything
// that is wrong, and what would be right.
func Compile(specs []Spec, lang Language, shown ...string) ([]Rule, error) {
	var rules []Rule
	shownNames, errs := shownNamesOf(shown)
	seen := map[string]bool{}
	for i := range specs {
		spec := specs[i]
		s := &spec
		if s.Place == 0 {
			s.Place = i + 1
		}
		c := newRuleCompiler(s, lang)
		c.shown = shownNames
		if seen[s.Name] && s.Name != "" {
			c.fail("name", "must be unique (another rule is called so)")
		}
		seen[s.Name] = true
		c.compile()
		errs = append(errs, c.errs...)
		if s.Enabled == nil || *s.Enabled {
			rules = append(rules, c.rule)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return rules, nil
}

// A ruleCompiler compiles one rule and collects the errors.
type ruleCompiler struct {
	spec      *Spec
	where     string // the rule in errors
	lang      Compiler
	rule      Rule
	condition condition
	shown     shownNames
	errs      []error

	expressions []Expression
}

func newRuleCompiler(s *Spec, lang Language) *ruleCompiler {
	return &ruleCompiler{spec: s, where: s.Where(), lang: lang(s.Name), rule: Rule{
		Name: s.Name, Description: s.Description, Why: s.Why, Action: s.Action, Tags: s.Tags,
		Severity: s.Severity, Labels: s.Labels, wait: int64(s.For), keep: int64(s.KeepFiringFor),
		once: s.Once, hash: definitionHash(s), missing: s.IncludeMissing,
	}}
}

// fail records an error of a key.
func (c *ruleCompiler) fail(key, want string) {
	c.errs = append(c.errs, fmt.Errorf("rules::%s::%s: %s", c.where, key, want))
}

// check records an error of a key unless it is right.
func (c *ruleCompiler) check(right bool, key, want string) {
	if !right {
		c.fail(key, want)
	}
}

// failOn records an error of a key unless err is nil.
func (c *ruleCompiler) failOn(key string, err error) {
	if err != nil {
		c.fail(key, err.Error())
	}
}

func (c *ruleCompiler) compile() {
	for _, r := range requirements {
		c.check(r.met(c.spec), r.key, r.want)
	}
	for i, name := range c.spec.Events {
		kind := kindName(name)
		c.check(kind != "", fmt.Sprintf("events::%d", i), "must be the name of a kind of events, such as tool_result")
		c.rule.Events = append(c.rule.Events, kind)
	}
	c.checkLabels()
	if c.spec.Condition != "" {
		c.condition = c.compileCondition("condition", c.spec.Condition)
	}
	for i, text := range c.spec.GroupBy {
		key := fmt.Sprintf("group_by::%d", i)
		f := c.shownReader(key, text)
		if !isName(text) {
			f.name = fmt.Sprintf("group.%d", i+1)
		}
		c.check(!slices.Contains(c.spec.GroupBy[:i], text), key, "must not be there twice")
		c.rule.groupBy = append(c.rule.groupBy, f)
	}
	kind := c.kindOfRule()
	c.rule.variants = kind.compile(c)
	c.rule.namesCause = c.rule.namesCause || kind.moment
	if kind.moment || kind.byArrival {
		c.rule.maxAge = int64(maxEventAge)
	}
	c.compileMessage(kind)
}

// kindOfRule returns the kind that is set, and checks the keys that depend on it.
func (c *ruleCompiler) kindOfRule() *Kind {
	found, n := &eachKind, 0
	for _, k := range kinds {
		if k.IsSet(c.spec) {
			found, n = k, n+1
			c.check(n == 1, k.Key, "must not be set together with another kind of rule")
		}
	}
	if found.window {
		c.check(c.spec.Window >= time.Second, "window", fmt.Sprintf("%v: must be at least 1s", c.spec.Window))
	} else {
		c.check(c.spec.Window == 0, "window", "must not be set for this kind of rule")
	}
	if found.moment {
		c.check(c.spec.For == 0, "for", "must not be set for a rule that holds for a moment only")
		c.rule.keep = int64(max(c.spec.ResolveAfter, c.spec.KeepFiringFor))
		if c.spec.ResolveAfter == 0 {
			c.rule.keep = int64(max(resolveAfter, c.spec.KeepFiringFor))
		}
	} else {
		c.check(found.usesResolveAfter || c.spec.ResolveAfter == 0, "resolve_after", "must not be set for a rule that ends by itself (keep_firing_for may be)")
	}
	return found
}

// compileMessage compiles the message. By default it is the name of the rule.
func (c *ruleCompiler) compileMessage(kind *Kind) {
	text := c.spec.Message
	if text == "" {
		text = c.spec.Name
	}
	c.rule.message = template{window: formatDuration(c.spec.Window), percent: kind.percent}
	for _, err := range c.rule.message.parse(text, c.rule.groupBy, c.shown, kind.eventless) {
		c.failOn("message", err)
	}
}

func (c *ruleCompiler) checkLabels() {
	for _, name := range slices.Sorted(maps.Keys(c.spec.Labels)) {
		c.check(isName(name) && len(name) <= 64, "labels", "a name must be of letters, digits, _, - and . (64 at most)")
		c.check(len(c.spec.Labels[name]) <= maxValueBytes, "labels", fmt.Sprintf("a value must have %d bytes at most", maxValueBytes))
	}
}

// kindName returns the short name of a kind of events, "" for a text that is no name.
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

var severities = []string{"info", "warning", "critical"}

// tagForm is the form of tags, which is that of Sigma: a namespace and a name.
var tagForm = regexp.MustCompile(`^[a-z0-9_-]{1,32}\.[a-z0-9._-]{1,64}$`)

// Switches are the switches of clients for content, which rules can need.
var Switches = []string{"tool_details", "user_prompts", "assistant_responses", "raw_api_bodies"}

// requirements are what every rule must satisfy.
var requirements = []struct {
	key, want string
	met       func(*Spec) bool
}{
	{"name", "must be set, of the characters a-z, 0-9 and _ (128 at most)", func(s *Spec) bool { return isRuleName(s.Name) }},
	{"severity", "must be info, warning or critical", func(s *Spec) bool { return slices.Contains(severities, s.Severity) }},
	{"profile", "must be quiet, standard or strict", func(s *Spec) bool { return s.Profile == "" || slices.Contains(Profiles, s.Profile) }},
	{"tags", "must be 32 at most, such as attack.t1059.004, atlas.aml.t0051 or owasp.llm01-2026", func(s *Spec) bool {
		return len(s.Tags) <= 32 && !slices.ContainsFunc(s.Tags, func(tag string) bool { return !tagForm.MatchString(tag) })
	}},
	{"content", "must be of " + strings.Join(Switches, ", "), func(s *Spec) bool {
		return !slices.ContainsFunc(s.Content, func(name string) bool { return !slices.Contains(Switches, name) })
	}},
	{"for", "must not be negative", func(s *Spec) bool { return s.For >= 0 }},
	{"keep_firing_for", "must not be negative", func(s *Spec) bool { return s.KeepFiringFor >= 0 }},
	{"resolve_after", "must not be negative", func(s *Spec) bool { return s.ResolveAfter >= 0 }},
	{"labels", "must be 32 at most", func(s *Spec) bool { return len(s.Labels) <= 32 }},
	{"group_by", "must be 8 at most", func(s *Spec) bool { return len(s.GroupBy) <= 8 }},
}

// definitionHash returns a hash of the keys that determine when a rule fires. A stored
// state of a rule is used as long as its hash is the same, so that a better description
// does not discard it.
func definitionHash(s *Spec) [16]byte {
	d := *s
	d.Description, d.Why, d.Action, d.Severity, d.Labels, d.Enabled = "", "", "", "", nil, nil
	d.FalsePositives, d.Tags, d.Content, d.Profile = "", nil, nil, ""
	d.IncludeMissing = false // groups without a value end by themselves
	d.Once = false
	text, err := yaml.Marshal(&d)
	if err != nil {
		return [16]byte{} // texts and numbers can always be marshaled
	}
	sum := sha256.Sum256(text)
	return [16]byte(sum[:16])
}
