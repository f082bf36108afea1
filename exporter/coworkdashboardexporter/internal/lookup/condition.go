package lookup

import "fmt"

// A condition is a list of conditions with their arguments.
type condition struct {
	text string
	args []any
}

// and adds a condition with one argument, which is %s in its text.
func (c *condition) and(text string, arg any) {
	c.args = append(c.args, arg)
	c.text += " and " + fmt.Sprintf(text, place(len(c.args)))
}

// place returns the nth parameter of a statement.
func place(n int) string { return fmt.Sprintf("$%d", n) }

// named is the condition that an id is that of a name. The kind of (unknown) and (other)
// is "".
func named(column, kind string) string {
	return column + " = (select id from names where kind in ('" + kind + "', '') and name = %s order by kind desc limit 1)"
}
