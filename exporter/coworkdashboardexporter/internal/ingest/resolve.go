package ingest

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
)

// id returns the id of a name that the events of the commit use.
func (c *commit) id(r nameRef) int64 {
	if r < reserved {
		return int64(r)
	}
	return c.ids[r]
}

// resolveNames finds the ids of the names that the events use, adds rows for new names,
// and updates the last days of the others.
func (c *commit) resolveNames(ctx context.Context, tx transaction) error {
	used := c.usedNames()
	missing := slices.DeleteFunc(slices.Clone(used), func(r nameRef) bool { return c.ids[r] != 0 })
	if err := c.selectNames(ctx, tx, missing); err != nil {
		return err
	}
	missing = slices.DeleteFunc(missing, func(r nameRef) bool { return c.ids[r] != 0 })
	if len(missing) > 0 {
		if err := c.insertNames(ctx, tx, missing); err != nil {
			return err
		}
	}
	return c.updateNames(ctx, tx, slices.DeleteFunc(used, func(r nameRef) bool { return c.days[r] >= c.day }))
}

// usedNames returns the names whose id is unknown or whose last day is over, in the order
// of their keys.
func (c *commit) usedNames() (used []nameRef) {
	seen := make([]bool, len(c.list))
	use := func(r nameRef) {
		if r >= reserved && !seen[r] {
			seen[r] = true
			if c.ids[r] == 0 || c.days[r] < c.day {
				used = append(used, r)
			}
		}
	}
	for _, e := range c.events {
		use(e.org)
		use(e.user)
		use(e.person.team)
		use(e.person.costCenter)
		for r := range e.refs() {
			use(r)
		}
		for i := range c.observations(e) {
			o := &c.batch.observations[int(e.from)+i]
			for j := range factsOf[o.fact].kinds {
				use(nameRef(o.labels[j]))
			}
		}
	}
	slices.SortFunc(used, func(a, b nameRef) int {
		return cmp.Or(cmp.Compare(c.list[a].kind.String(), c.list[b].kind.String()), strings.Compare(c.list[a].text, c.list[b].text))
	})
	return used
}

// namesPerQuery bounds the parameters of a query.
const namesPerQuery = 500

// selectNames reads the rows of names. The names are in the order of their kinds.
func (c *commit) selectNames(ctx context.Context, tx transaction, list []nameRef) error {
	for len(list) > 0 {
		kind := c.list[list[0]].kind
		n := 1
		for n < len(list) && n < namesPerQuery && c.list[list[n]].kind == kind {
			n++
		}
		if err := c.selectKind(ctx, tx, kind, list[:n]); err != nil {
			return err
		}
		list = list[n:]
	}
	return nil
}

func (c *commit) selectKind(ctx context.Context, tx transaction, kind nameKind, list []nameRef) error {
	args := []any{kind.String()}
	byText := map[string]nameRef{}
	var places strings.Builder
	for i, r := range list {
		args = append(args, c.list[r].text)
		byText[c.list[r].text] = r
		fmt.Fprintf(&places, ", $%d", i+2)
	}
	rows, err := tx.Query(ctx, "select id, name, last_day from names where kind = $1 and name in ("+places.String()[2:]+")", args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var id, day int64
		var text string
		if err := rows.Scan(&id, &text, &day); err != nil {
			return err
		}
		if r, ok := byText[text]; ok {
			c.ids[r], c.days[r] = id, day
		}
	}
	return rows.Err()
}

// insertNames adds rows for names. Another collector may have added them meanwhile.
func (c *commit) insertNames(ctx context.Context, tx transaction, list []nameRef) error {
	rows := make([][]any, 0, len(list))
	for _, r := range list {
		rows = append(rows, []any{c.list[r].kind.String(), c.list[r].text, c.day})
	}
	if _, err := tx.InsertNew(ctx, "names", []string{"kind", "name", "last_day"}, rows); err != nil {
		return err
	}
	if err := c.selectNames(ctx, tx, list); err != nil {
		return err
	}
	for _, r := range list {
		if c.ids[r] == 0 {
			return fmt.Errorf("names: a row of the kind %s is missing after it was inserted", c.list[r].kind)
		}
	}
	return nil
}

// updateNames sets the last days of names, in the order of their ids. A row that the
// retention of another collector has deleted meanwhile is added again with its id.
func (c *commit) updateNames(ctx context.Context, tx transaction, list []nameRef) error {
	slices.SortFunc(list, func(a, b nameRef) int { return cmp.Compare(c.ids[a], c.ids[b]) })
	rows := make([][]any, 0, len(list))
	for _, r := range list {
		rows = append(rows, []any{c.ids[r], c.list[r].kind.String(), c.list[r].text, c.day})
		c.days[r] = c.day
	}
	return tx.Insert(ctx, "names", []string{"id", "kind", "name", "last_day"},
		"on conflict (id) do update set last_day = excluded.last_day where names.last_day < excluded.last_day", rows)
}
