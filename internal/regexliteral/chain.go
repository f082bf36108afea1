package regexliteral

import "regexp/syntax"

// A chain joins the facts of parts that follow each other.
type chain struct {
	Form
	exact  []string // what the last parts match together
	whole  bool     // these are all parts
	needed []Need
}

// maxLiteral is the length from which literals are not joined.
const maxLiteral = 32

func (f Form) newChain() chain { return chain{Form: f, exact: nothingButEmpty, whole: true} }

// concatenate returns the facts of parts that follow each other.
func (f Form) concatenate(parts []*syntax.Regexp) facts {
	c := f.newChain()
	c.addParts(parts)
	return c.end()
}

func (c *chain) addParts(parts []*syntax.Regexp) {
	for _, part := range parts {
		switch {
		case part.Op == syntax.OpConcat || part.Op == syntax.OpCapture:
			c.addParts(part.Sub)
		case part.Op == syntax.OpPlus || part.Op == syntax.OpRepeat && part.Min > 0:
			f := c.factsOf(part.Sub[0])
			c.addPart(f)
			c.cut(f.exact) // the last of the repeated part is before the next part
		default:
			c.addPart(c.factsOf(part))
		}
	}
}

func (c *chain) addPart(f facts) {
	c.needed = append(c.needed, f.needed...)
	switch {
	case len(f.exact) == 0:
		c.cut(nothingButEmpty)
	case len(c.exact)*len(f.exact) > c.MaxTexts || longest(c.exact) >= maxLiteral:
		c.cut(f.exact)
	default:
		c.exact = join(c.exact, f.exact)
	}
}

// cut ends what is joined, records that it is needed, and starts with other texts.
func (c *chain) cut(exact []string) {
	if n := oneOf(c.exact); !n.IsNothing() {
		c.needed = append(c.needed, n)
	}
	if c.whole = false; len(exact) == 0 {
		exact = nothingButEmpty
	}
	c.exact = exact
}

func (c *chain) end() facts {
	if c.whole {
		return facts{exact: c.exact, needed: c.needed}
	}
	c.cut(nothingButEmpty)
	return facts{needed: c.needed}
}

// join returns each text of one list before each of another.
func join(a, b []string) (joined []string) {
	for _, before := range a {
		for _, after := range b {
			joined = append(joined, before+after)
		}
	}
	return joined
}

func longest(texts []string) (n int) {
	for _, text := range texts {
		n = max(n, len(text))
	}
	return n
}
