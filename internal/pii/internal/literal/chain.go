package literal

import "regexp/syntax"

// A chain joins the facts of parts one after the other.
type chain struct {
	exact  []string // what the last parts can match together
	whole  bool     // that is all parts
	needed []string
}

func (c *chain) start() { c.exact, c.whole = empty.exact, true }

func (c *chain) add(f facts) {
	c.needed = better(c.needed, f.needed)
	if f.exact == nil {
		c.cut(empty.exact)
	} else if joined, ok := join(c.exact, f.exact); ok {
		c.exact = joined
	} else {
		c.cut(f.exact)
	}
}

// addParts adds parts, and parts of parts one by one, since a literal at the end of a part may continue in the next.
func (c *chain) addParts(parts []*syntax.Regexp) {
	for _, part := range parts {
		if part.Op == syntax.OpConcat || part.Op == syntax.OpCapture {
			c.addParts(part.Sub)
		} else {
			c.add(read(part))
		}
	}
}

// cut ends the chain of joined parts, keeps its facts, and starts a new chain.
func (c *chain) cut(exact []string) {
	c.needed = better(c.needed, useful(c.exact))
	c.exact, c.whole = exact, false
}

func (c *chain) end() facts {
	f := facts{needed: better(c.needed, useful(c.exact))}
	if c.whole {
		f.exact = c.exact
	}
	return f
}
