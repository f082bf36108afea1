package ocsf

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// A facts is the vendored part of the schema: testdata/schema-1.9.0.json, whose notice has
// the licence and the sources. An attribute is "requirement type", with [] for a list.
type facts struct {
	Version    string
	Categories map[string]string
	Types      map[string]struct {
		Is, Regex string
	}
	Profiles, Classes, Objects map[string]*shape
}

// A shape is a class, an object or a profile.
type shape struct {
	Extends, Caption string
	UID, Category    int64
	Attributes       map[string]string
	Enums            map[string]map[string]string
	Profiles         []string
	AtLeastOne       []string `json:"at_least_one"`
}

func loadFacts(t *testing.T) *facts {
	t.Helper()
	data, err := os.ReadFile("testdata/schema-1.9.0.json")
	require.NoError(t, err)
	var f facts
	require.NoError(t, json.Unmarshal(data, &f))
	return &f
}

// resolve returns a class or an object with what it inherits. A constraint of its own
// replaces the inherited one.
func resolve(in map[string]*shape, name string) *shape {
	own := in[name]
	if own == nil || own.Extends == "" {
		return own
	}
	base, merged := resolve(in, own.Extends), *own
	merged.Attributes, merged.Enums = maps.Clone(base.Attributes), maps.Clone(base.Enums)
	if merged.Enums == nil {
		merged.Enums = map[string]map[string]string{}
	}
	maps.Copy(merged.Attributes, own.Attributes)
	maps.Copy(merged.Enums, own.Enums)
	merged.Profiles = slices.Concat(base.Profiles, own.Profiles)
	if own.AtLeastOne == nil {
		merged.AtLeastOne = base.AtLeastOne
	}
	if own.Category == 0 {
		merged.Category = base.Category
	}
	return &merged
}

// classOf returns the class of a uid, with its name.
func (f *facts) classOf(uid int64) (*shape, string) {
	for name := range f.Classes {
		if s := resolve(f.Classes, name); s.Caption != "" && s.Category*1000+s.UID == uid {
			return s, name
		}
	}
	return nil, ""
}

// validate returns what is wrong with a document, decoded from JSON with numbers as
// json.Number.
func (f *facts) validate(document map[string]any) []string {
	class, name := f.classOf(whole(document["class_uid"]))
	if class == nil {
		return []string{fmt.Sprintf("class_uid: no class has %v", document["class_uid"])}
	}
	class = new(*class)
	class.Attributes, class.Enums = maps.Clone(class.Attributes), maps.Clone(class.Enums)
	v := validator{facts: f}
	metadata, _ := document["metadata"].(map[string]any)
	profiles, _ := metadata["profiles"].([]any)
	for _, p := range profiles {
		profile := f.Profiles[fmt.Sprint(p)]
		if profile == nil || !slices.Contains(class.Profiles, fmt.Sprint(p)) {
			v.problem("metadata.profiles", "%s has no profile %v", name, p)
			continue
		}
		for key, attribute := range profile.Attributes {
			if class.Attributes[key] == "" {
				class.Attributes[key] = attribute
			}
		}
		maps.Copy(class.Enums, profile.Enums)
	}
	v.object("", class, document)
	v.classification(class, document)
	return v.problems
}

type validator struct {
	facts    *facts
	problems []string
}

func (v *validator) problem(at, format string, args ...any) {
	v.problems = append(v.problems, at+": "+fmt.Sprintf(format, args...))
}

// classification checks the identifiers of class, category and type, and their captions.
func (v *validator) classification(class *shape, d map[string]any) {
	for key, want := range map[string]string{
		"class_name": class.Caption, "category_uid": strconv.FormatInt(class.Category, 10),
		"category_name": v.facts.Categories[strconv.FormatInt(class.Category, 10)],
		"type_uid":      strconv.FormatInt(whole(d["class_uid"])*100+whole(d["activity_id"]), 10),
		"type_name":     fmt.Sprintf("%s: %v", class.Caption, d["activity_name"]),
	} {
		if got := fmt.Sprint(d[key]); got != want {
			v.problem(key, "%s is not %s", got, want)
		}
	}
	if m, _ := d["metadata"].(map[string]any); m["version"] != v.facts.Version {
		v.problem("metadata.version", "%v is not %s", m["version"], v.facts.Version)
	}
}

func (v *validator) object(at string, s *shape, d map[string]any) {
	for key, attribute := range s.Attributes {
		if _, ok := d[key]; !ok && strings.HasPrefix(attribute, "required ") {
			v.problem(at+key, "is required")
		}
	}
	if len(s.AtLeastOne) > 0 && !slices.ContainsFunc(s.AtLeastOne, func(key string) bool { _, ok := d[key]; return ok }) {
		v.problem(at, "needs one of %v", s.AtLeastOne)
	}
	for key, value := range d {
		attribute := s.Attributes[key]
		_, kind, _ := strings.Cut(attribute, " ")
		if kind == "" {
			v.problem(at+key, "is not an attribute")
			continue
		}
		v.enum(at, key, s.Enums[key], d)
		element, isList := strings.CutSuffix(kind, "[]")
		list, ok := value.([]any)
		switch {
		case isList != ok:
			v.problem(at+key, "is a list: %t, not %t", ok, isList)
		case isList:
			for _, value := range list {
				v.value(at+key, element, value)
			}
		default:
			v.value(at+key, kind, value)
		}
	}
}

// enum checks that an identifier is one of the list, and that its sibling has its caption.
func (v *validator) enum(at, key string, values map[string]string, d map[string]any) {
	if values == nil {
		return
	}
	id := fmt.Sprint(d[key])
	want, ok := values[id]
	if !ok {
		v.problem(at+key, "%s is not in the list", id)
		return
	}
	sibling := strings.TrimSuffix(key, "_id")
	if key == "activity_id" {
		sibling = "activity_name"
	}
	got, ok := d[sibling]
	if (!ok && id == "99") || (ok && got != want && id != "99") {
		v.problem(at+sibling, "%v is not %s", got, want)
	}
}

func (v *validator) value(at, kind string, value any) {
	if kind == "object" {
		if _, ok := value.(map[string]any); !ok {
			v.problem(at, "is not an object")
		}
		return
	}
	rule, ok := v.facts.Types[kind]
	if !ok {
		s, object := resolve(v.facts.Objects, kind), value
		m, isMap := object.(map[string]any)
		if s == nil || !isMap {
			v.problem(at, "is not a %s", kind)
			return
		}
		v.object(at+".", s, m)
		return
	}
	text, isText := value.(string)
	number, isNumber := value.(json.Number)
	_, isBool := value.(bool)
	switch {
	case rule.Is == "string" && !isText, rule.Is == "boolean" && !isBool, rule.Is == "integer" && !isNumber:
		v.problem(at, "is a %T, not a %s", value, kind)
	case isNumber:
		if _, err := number.Int64(); err != nil {
			v.problem(at, "is not a whole number")
		}
	case rule.Regex != "" && !regexp.MustCompile(rule.Regex).MatchString(text):
		v.problem(at, "does not have the form of %s", kind)
	}
}

func whole(value any) int64 {
	number, _ := value.(json.Number)
	n, err := number.Int64()
	if err != nil {
		return -1
	}
	return n
}

// TestValidatorRejects checks that the validator finds each kind of mistake.
func TestValidatorRejects(t *testing.T) {
	f := loadFacts(t)
	valid := func() map[string]any {
		return decode(t, documentOf(t, `{"event.name":"tool_result","tool_name":"Bash","session.id":"s"}`))
	}
	require.Empty(t, f.validate(valid()))
	for name, c := range map[string]struct {
		change func(d map[string]any)
		want   string
	}{
		"missing":    {func(d map[string]any) { delete(d, "process") }, "process: is required"},
		"nested":     {func(d map[string]any) { delete(d["metadata"].(map[string]any), "product") }, "metadata.product: is required"},
		"unknown":    {func(d map[string]any) { d["colour"] = "red" }, "colour: is not an attribute"},
		"type":       {func(d map[string]any) { d["message"] = json.Number("1") }, "message: is a json.Number, not a string_t"},
		"fraction":   {func(d map[string]any) { d["time"] = json.Number("1.5") }, "time: is not a whole number"},
		"enum":       {func(d map[string]any) { d["severity_id"] = json.Number("7") }, "severity_id: 7 is not in the list"},
		"caption":    {func(d map[string]any) { d["severity"] = "Bad" }, "severity: Bad is not Informational"},
		"constraint": {func(d map[string]any) { d["actor"] = map[string]any{} }, "actor.: needs one of"},
		"form": {func(d map[string]any) {
			d["actor"].(map[string]any)["user"] = map[string]any{"uid": "u", "email_addr": "[EMAIL_1]"}
		}, "actor.user.email_addr: does not have the form of email_t"},
		"list":     {func(d map[string]any) { d["observables"] = map[string]any{} }, "observables: is a list: false, not true"},
		"object":   {func(d map[string]any) { d["process"] = "sh" }, "process: is not a process"},
		"type_uid": {func(d map[string]any) { d["type_uid"] = json.Number("1") }, "type_uid: 1 is not 100701"},
		"profile":  {func(d map[string]any) { d["metadata"].(map[string]any)["profiles"] = []any{"cloud"} }, "metadata.profiles: process_activity has no profile cloud"},
		"class":    {func(d map[string]any) { d["class_uid"] = json.Number("4") }, "class_uid: no class has 4"},
	} {
		t.Run(name, func(t *testing.T) {
			d := valid()
			c.change(d)
			require.Contains(t, strings.Join(f.validate(d), "\n"), c.want)
		})
	}
}
