package sigma

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// A detection is the detection of a Sigma rule: named selections and their condition.
type detection struct {
	selections []selection
	condition  string
}

// A selection has a field with its modifiers, such as model|cased, and what it must match.
type selection struct {
	name, field string
	value       any
}

// converterFields are the fields of the converters that read the calls of tools.
var converterFields = map[string]string{
	"Command":       "process.command_line",
	"FilePath":      "file.path",
	"URL":           "url.full",
	"FileRead":      "cowork.file_read",
	"FileWritten":   "cowork.file_written",
	"ConnectorTool": "cowork.connector_tool",
}

// comparisonModifiers are the modifiers of Sigma for comparisons of numbers.
var comparisonModifiers = map[string]string{">": "|gt", ">=": "|gte", "<": "|lt", "<=": "|lte"}

var conditionToken = regexp.MustCompile(`"(?:\\.|[^\\"])*"|-?\d+(?:\.\d+)?|==|!=|>=|<=|[<>()\[\],]|[A-Za-z_][A-Za-z0-9_.]*|\S`)

var errExpression = errors.New("the condition compares expressions, which Sigma cannot")

// A translator reads the tokens of a condition in OTTL, and adds selections.
type translator struct {
	tokens []string
	out    *detection
	depth  int
}

// maxDepth bounds the parentheses of a condition.
const maxDepth = 64

// addCondition translates a condition and requires it besides what the detection has. An empty one
// and `true` add nothing.
func (d *detection) addCondition(condition string) error {
	if text := strings.TrimSpace(condition); text == "" || text == "true" {
		return nil
	}
	t := &translator{tokens: conditionToken.FindAllString(condition, -1), out: d}
	text, err := t.or()
	if err == nil && len(t.tokens) > 0 {
		err = errExpression
	}
	if err != nil {
		return err
	}
	d.require(text)
	return nil
}

// require adds a condition on selections.
func (d *detection) require(condition string) {
	if d.condition == "" {
		d.condition = condition
		return
	}
	d.condition += " and " + grouped(condition)
}

// grouped returns a condition in parentheses, if it has an operator of lower precedence.
func grouped(condition string) string {
	if strings.Contains(condition, " or ") {
		return "(" + condition + ")"
	}
	return condition
}

// match adds a selection and returns its name.
func (d *detection) match(field string, value any) string {
	name := fmt.Sprintf("selection_%d", len(d.selections)+1)
	d.selections = append(d.selections, selection{name, field, value})
	return name
}

func (t *translator) peek() string {
	if len(t.tokens) == 0 {
		return ""
	}
	return t.tokens[0]
}

func (t *translator) nextToken() string {
	token := t.peek()
	t.tokens = t.tokens[min(1, len(t.tokens)):]
	return token
}

// accept consumes tokens if they come next.
func (t *translator) accept(tokens ...string) bool {
	if len(t.tokens) < len(tokens) {
		return false
	}
	for i, token := range tokens {
		if t.tokens[i] != token {
			return false
		}
	}
	t.tokens = t.tokens[len(tokens):]
	return true
}

func (t *translator) or() (string, error) { return t.joined("or", t.and) }

func (t *translator) and() (string, error) {
	return t.joined("and", func() (string, error) {
		text, err := t.not()
		return grouped(text), err
	})
}

func (t *translator) joined(operator string, operand func() (string, error)) (string, error) {
	text, err := operand()
	for err == nil && t.accept(operator) {
		var right string
		right, err = operand()
		text += " " + operator + " " + right
	}
	return text, err
}

func (t *translator) not() (string, error) {
	if t.accept("not") {
		text, err := t.not()
		if strings.Contains(text, " ") {
			text = "(" + text + ")"
		}
		return "not " + text, err
	}
	if !t.accept("(") {
		return t.comparison()
	}
	if t.depth++; t.depth > maxDepth {
		return "", errors.New("the condition has too many parentheses")
	}
	text, err := t.or()
	if err == nil && !t.accept(")") {
		err = errExpression
	}
	return text, err
}

// comparison translates IsMatch, or a field, an operator and a literal.
func (t *translator) comparison() (string, error) {
	if t.accept("IsMatch", "(") {
		field, err := t.field()
		if err != nil {
			return "", err
		}
		if !t.accept(",") {
			return "", errExpression
		}
		pattern, err := strconv.Unquote(t.nextToken())
		if err != nil || !t.accept(")") {
			return "", errExpression
		}
		if rest, ok := strings.CutPrefix(pattern, "(?i)"); ok {
			return t.out.match(field+"|re|i", rest), nil
		}
		return t.out.match(field+"|re", pattern), nil
	}
	field, err := t.field()
	if err != nil {
		return "", err
	}
	return t.compared(field, t.nextToken(), t.nextToken())
}

// compared returns the condition of a field and a literal.
func (t *translator) compared(field, operator, literal string) (string, error) {
	value, isText, err := valueOf(literal)
	if err != nil {
		return "", err
	}
	if isText {
		field += "|cased"
	}
	switch modifier := comparisonModifiers[operator]; {
	case operator == "==":
		return t.out.match(field, value), nil
	case operator == "!=":
		return "not " + t.out.match(field, value), nil
	case modifier != "" && !isText:
		return t.out.match(field+modifier, value), nil
	}
	return "", errExpression
}

// field reads an attribute or a converter.
func (t *translator) field() (string, error) {
	name := t.nextToken()
	if f := converterFields[name]; f != "" && t.accept("(", ")") {
		return f, nil
	}
	if name == "ToolText" {
		return "", errors.New("no field has all arguments of a tool")
	}
	if (name != "attributes" && name != "log.attributes") || !t.accept("[") {
		return "", errExpression
	}
	key, err := strconv.Unquote(t.nextToken())
	if err != nil || !t.accept("]") {
		return "", errExpression
	}
	return key, nil
}

// valueOf returns the value of a literal. Sigma's wildcards are escaped in texts.
func valueOf(literal string) (value any, isText bool, err error) {
	if literal == "nil" {
		return nil, false, nil
	}
	if b, err := strconv.ParseBool(literal); err == nil && strings.ToLower(literal[:1]) == literal[:1] && len(literal) > 1 {
		return b, false, nil
	}
	if n, err := strconv.ParseInt(literal, 10, 64); err == nil {
		return n, false, nil
	}
	if n, err := strconv.ParseFloat(literal, 64); err == nil {
		return n, false, nil
	}
	text, err := strconv.Unquote(literal)
	if err != nil {
		return nil, false, errExpression
	}
	return strings.NewReplacer(`\`, `\\`, `*`, `\*`, `?`, `\?`).Replace(text), true, nil
}
