package configcheck

import (
	"fmt"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// visitDuration reports durations without a unit, which the decoder accepts as
// nanoseconds, and days.
func (w *typeChecker) visitDuration(path []string, value any, defaults reflect.Value) {
	if n, ok := number(value); ok {
		if n != "0" {
			w.reportAlways(path, fmt.Sprintf("%s has no unit (write %ss or %sm)", w.shown(path, n), n, n))
		}
		return
	}
	text, ok := value.(string)
	if ok {
		text = strings.TrimSpace(text)
		if _, err := time.ParseDuration(text); err == nil {
			return
		}
		if _, err := strconv.ParseFloat(text, 64); err == nil {
			w.report(path, value, fmt.Sprintf("%s has no unit (write %ss or %sm)", w.shown(path, text), text, text))
			return
		}
		if hours := dayHours(text); hours != "" {
			w.report(path, value, fmt.Sprintf("%s: a duration has no days or weeks (write %s)", w.shown(path, text), hours))
			return
		}
	}
	example := "5m"
	if d := time.Duration(defaults.Int()); d > 0 {
		example = short(d)
	}
	w.report(path, value, "expected a duration such as "+example+", got "+w.got(path, value))
}

var dayCount = regexp.MustCompile(`^(\d{1,5})\s*(d|w|days?|weeks?)$`)

// dayHours returns the duration in hours of a text such as 14d, or "".
func dayHours(text string) string {
	m := dayCount.FindStringSubmatch(text)
	if m == nil {
		return ""
	}
	n, _ := strconv.Atoi(m[1])
	if m[2][0] == 'w' {
		n *= 7
	}
	return strconv.Itoa(n*24) + "h"
}

// short returns a duration without zero parts, such as 5m for 5m0s.
func short(d time.Duration) string {
	s := d.String()
	if strings.HasSuffix(s, "m0s") {
		s = strings.TrimSuffix(s, "0s")
	}
	if strings.HasSuffix(s, "h0m") {
		s = strings.TrimSuffix(s, "0m")
	}
	return s
}

// visitScalar checks numbers, booleans and texts.
func (w *typeChecker) visitScalar(path []string, value any, defaults reflect.Value) {
	switch kind := defaults.Kind(); {
	case kind == reflect.Bool:
		if _, ok := value.(bool); !ok {
			w.report(path, value, "expected true or false, got "+w.got(path, value))
		}
	case kind >= reflect.Int && kind <= reflect.Float64:
		w.report(path, value, "expected "+numberWords(path, defaults)+", got "+w.got(path, value))
	case kind == reflect.String:
		w.visitText(path, value)
	}
}

// visitText checks that a value is a text. A number or boolean from the environment is one.
func (w *typeChecker) visitText(path []string, value any) {
	raw := w.unexpandedAt(w.full(path))
	if _, isText := value.(string); isText || len(variablesIn(raw)) > 0 {
		return
	}
	hint := ""
	if _, isNumber := number(value); isNumber {
		hint = " (write it in quotes)"
	}
	w.report(path, value, "expected a text, got "+kindOf(value)+hint)
}

// units are the words for numbers, by a part of their key.
var units = []struct{ part, words, example string }{
	{"limit_mib", "a number of MiB", "512"},
	{"mib", "a number of MiB", "4"},
	{"megabytes", "a number of megabytes", "100"},
	{"bytes", "a number of bytes", "262144"},
	{"body_size", "a number of bytes", "4194304"},
	{"percentage", "a percentage", "80"},
	{"port", "a port", "8888"},
	{"days", "a number of days", "30"},
	{"usd", "an amount in USD", "20"},
}

// numberWords describes a number by its key, with the default as example.
func numberWords(path []string, defaults reflect.Value) string {
	words, example := "a number", "100"
	key := path[len(path)-1]
	for _, u := range units {
		if strings.Contains(key, u.part) {
			words, example = u.words, u.example
			break
		}
	}
	if !defaults.IsZero() {
		example = fmt.Sprint(defaults.Interface())
	}
	if defaults.Kind() < reflect.Float32 && words == "a number" {
		words = "a whole number"
	}
	return words + " such as " + example
}

// number returns the text of a number.
func number(value any) (string, bool) {
	switch v := reflect.ValueOf(value); {
	case v.Kind() >= reflect.Int && v.Kind() <= reflect.Uint64:
		return fmt.Sprint(value), true
	case v.Kind() == reflect.Float32, v.Kind() == reflect.Float64:
		return strconv.FormatFloat(v.Float(), 'f', -1, 64), true
	}
	return "", false
}

// maxShown bounds the bytes of a value in a message.
const maxShown = 40

// got describes the value of a number, boolean or duration.
func (w *typeChecker) got(path []string, value any) string {
	switch v := value.(type) {
	case string:
		if shown := w.shown(path, v); shown != v {
			return shown
		}
		if len(v) > maxShown {
			return "a longer text"
		}
		return strconv.Quote(v)
	case map[string]any, []any:
		return kindOf(value)
	}
	return w.shown(path, fmt.Sprint(value))
}

// shown returns a value, or the variables that it comes from: these can hold secrets.
func (w *typeChecker) shown(path []string, value string) string {
	raw := w.unexpandedAt(w.full(path))
	text, _ := raw.(string)
	if names := variablesIn(text); len(names) > 0 {
		return "the value of " + strings.Join(names, ", ")
	}
	if strings.Contains(text, "${") {
		return "a value from elsewhere"
	}
	return value
}

// full returns the path of a key in the whole configuration.
func (w *typeChecker) full(path []string) []string {
	return append(strings.Split(w.where, delimiter), path...)
}

// kindOf describes the form of a value.
func kindOf(value any) string {
	switch value.(type) {
	case map[string]any:
		return "keys with values"
	case []any:
		return "a list"
	case string:
		return "a text"
	case bool:
		return "true or false"
	case nil:
		return "nothing"
	}
	return "a number"
}
