package language

import "strconv"

// A guardParser derives the guard of a condition from its tokens. It reads the operators
// and, or and not, comparisons, and IsMatch with a literal pattern. All other parts have
// no guard.
type guardParser struct {
	targets *targets
	list    []token
	at      int
}

// A part is what a guardParser has read of a condition.
type part struct {
	guard *guard
	// fails is true for a part whose evaluation may fail. OTTL evaluates the parts from left
	// to right, so no guard of a part after it may exclude an event: the fault is counted.
	fails bool
}

// guardOf returns the guard of a condition that compiles.
func guardOf(condition string, t *targets) *guard {
	p := guardParser{targets: t, list: tokensOf(condition)}
	parsed := p.or()
	if p.at < len(p.list) {
		return nil
	}
	return parsed.guard
}

func (p *guardParser) or() part {
	var result part
	var guards []*guard
	for {
		next := p.and()
		guards = append(guards, next.guard)
		result.fails = result.fails || next.fails
		if !p.skipWord("or") {
			result.guard = oneOf(guards)
			return result
		}
	}
}

func (p *guardParser) and() part {
	var result part
	var guards []*guard
	for {
		next := p.value()
		if !result.fails {
			guards = append(guards, next.guard)
		}
		result.fails = result.fails || next.fails
		if !p.skipWord("and") {
			result.guard = allOf(guards)
			return result
		}
	}
}

// value reads what and and or connect.
func (p *guardParser) value() part {
	if p.skipWord("not") {
		return part{fails: p.value().fails}
	}
	start := p.at
	if p.skip("(") {
		if inner := p.or(); p.skip(")") && p.isEnd() {
			return inner
		}
		p.at = start
	}
	if result, ok := p.test(); ok && p.isEnd() {
		return result
	}
	p.at = start
	p.skipUnknown()
	return part{fails: true}
}

// test reads a comparison or a call of IsMatch.
func (p *guardParser) test() (part, bool) {
	if g, ok := p.match(); ok {
		return part{guard: g}, true
	}
	left, ok := p.operand()
	if !ok || p.at >= len(p.list) || p.list[p.at].kind != 'c' {
		return part{}, false
	}
	operator := p.list[p.at].text
	p.at++
	right, ok := p.operand()
	if left.target < 0 || right.target >= 0 {
		return part{}, ok
	}
	return part{guard: p.comparison(left.target, operator, right.value)}, ok
}

// comparison returns the guard of a comparison of a target with a literal, nil if
// it has none. The comparisons < and > do not hold for an attribute that is missing.
func (p *guardParser) comparison(target int, operator string, literal value) *guard {
	switch {
	case operator == "!=" && literal.state == isMissing || (operator[0] == '<' || operator[0] == '>') && literal.state != isMissing:
		return &guard{test: isPresent, target: target}
	case operator == "==" && literal.state == isOther:
		return &guard{test: isPresent, target: target}
	case operator == "==" && literal.state != isMissing:
		g := &guard{test: isEqual, target: target, state: literal.state}
		if literal.state == isText {
			g.number = p.targets.numberOf(literal.text, target)
		}
		return g
	}
	return nil
}

// match reads a call of IsMatch on a target with a literal pattern.
func (p *guardParser) match() (*guard, bool) {
	start := p.at
	if p.skipWord("IsMatch") && p.skip("(") {
		if left, ok := p.operand(); ok && left.target >= 0 && p.skip(",") {
			if right, ok := p.operand(); ok && right.value.state == isText && p.skip(")") {
				if needed := p.targets.literals.AddExpression(right.value.text); needed != nil {
					return &guard{test: mayMatch, target: left.target, matches: needed}, true
				}
				return &guard{test: isPresent, target: left.target}, true
			}
		}
	}
	p.at = start
	return nil, false
}

// An operand is a part of a comparison whose evaluation cannot fail.
type operand struct {
	target int   // -1 if no guard tests it
	value  value // of a literal
}

func (p *guardParser) operand() (operand, bool) {
	p.skip("-")
	if p.at >= len(p.list) {
		return operand{}, false
	}
	switch t := p.list[p.at]; {
	case t.kind == 's':
		text, err := strconv.Unquote(t.text)
		return p.literal(value{isText, text}), err == nil
	case t.kind == 'b':
		return p.literal(value{state: states[t.text == "true"]}), true
	case t.kind == 'n':
		return p.literal(value{state: isOther}), true
	case t.kind == 'w' && t.text == "nil":
		return p.literal(value{state: isMissing}), true
	case isToken(p.list, p.at+1, "(") && isToken(p.list, p.at+2, ")"):
		i := converterOf(t.text)
		p.at += 3
		return operand{target: i}, i >= 0 // converters are the first targets
	case isPathStart(p.list, p.at):
		return p.path()
	}
	return operand{}, false
}

func (p *guardParser) literal(v value) operand {
	p.at++
	return operand{-1, v}
}

// path reads an attribute of the record or the resource.
func (p *guardParser) path() (operand, bool) {
	found := parsePath(p.list, p.at)
	length := 4 // tokens of attributes["key"]
	if contexts[p.list[p.at].text] != "" {
		length += 2
	}
	if found.field != "attributes" || found.key == "" || found.to-p.at != length {
		return operand{}, false
	}
	p.at = found.to
	if found.context != "log" {
		return operand{target: -1}, found.context == "resource"
	}
	return operand{target: p.targets.indexOf(found.key)}, true
}

// skip skips a token of one character.
func (p *guardParser) skip(text string) bool {
	if !isToken(p.list, p.at, text) {
		return false
	}
	p.at++
	return true
}

func (p *guardParser) isWord(text string) bool {
	return p.at < len(p.list) && p.list[p.at].kind == 'w' && p.list[p.at].text == text
}

func (p *guardParser) skipWord(text string) bool {
	if !p.isWord(text) {
		return false
	}
	p.at++
	return true
}

// isEnd reports whether a part ends here.
func (p *guardParser) isEnd() bool {
	return p.at >= len(p.list) || isToken(p.list, p.at, ")") || p.isWord("and") || p.isWord("or")
}

// skipUnknown skips a part up to its end.
func (p *guardParser) skipUnknown() {
	for depth := 0; p.at < len(p.list) && (depth > 0 || !p.isEnd()); p.at++ {
		switch {
		case isToken(p.list, p.at, "("):
			depth++
		case isToken(p.list, p.at, ")"):
			depth--
		}
	}
}
