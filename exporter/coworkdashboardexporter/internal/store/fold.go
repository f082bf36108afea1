package store

import (
	"database/sql/driver"
	"encoding/json"
	"strconv"

	"modernc.org/sqlite"
)

// A fold is the SQL aggregate that sums rows of cells by group. functions.go documents
// its arguments.
type fold struct {
	notWindowFunction
	measureGroup     *measureGroup
	how              partition
	rank             int64
	limit            int
	needs            int64
	org, user, model int64
	users            bitset // nil for all

	started bool
	groups  groups
	block   block
	blobs   [][]byte // of a row
	matches []match  // the groups of a run's cells
}

// A match is a cell with its group.
type match struct{ cell, group int32 }

// A partition determines the groups of a fold.
type partition struct {
	single bool // a group has one user
	of     func(r run, user uint32, at int64) groupKey
}

// partitions are the partitions by name.
var partitions = map[string]partition{
	"total":        {false, func(run, uint32, int64) groupKey { return groupKey{} }},
	"at":           {false, func(_ run, _ uint32, at int64) groupKey { return groupKey{at: at} }},
	"organization": {false, func(r run, _ uint32, _ int64) groupKey { return groupKey{id: r.org} }},
	"model":        {false, func(r run, _ uint32, _ int64) groupKey { return groupKey{id: r.model} }},
	"user":         {true, func(_ run, user uint32, _ int64) groupKey { return groupKey{id: user} }},
	"user_at":      {true, func(_ run, user uint32, at int64) groupKey { return groupKey{user, at} }},
}

// The arguments of a fold: the query, which is the same for each row, then the row. Its
// columns follow the number of cells and are null if the query does not need them.
const (
	argHow = iota
	argRank
	argLimit
	argOrg
	argUser
	argModel
	argUsers
	argNeeds
	argAt
	argShard
	argCount
	argColumns
)

// Step adds a row.
func (f *fold) Step(_ *sqlite.FunctionContext, args []driver.Value) error {
	if !f.started {
		if err := f.parseArguments(args); err != nil {
			return err
		}
	}
	if err := f.parseRow(args); err != nil {
		return err
	}
	at, _ := args[argAt].(int64)
	for _, r := range f.block.runs {
		switch {
		case f.org != 0 && f.org != int64(r.org), f.model != 0 && f.model != int64(r.model):
		case f.how.single || f.user != 0:
			f.addEach(r, at)
		default:
			f.addRun(r, at)
		}
	}
	return nil
}

// parseArguments reads the arguments of the query.
func (f *fold) parseArguments(args []driver.Value) error {
	f.started = true
	how, _ := args[argHow].(string)
	f.how = partitions[how]
	f.rank, _ = args[argRank].(int64)
	limit, _ := args[argLimit].(int64)
	f.limit = int(limit)
	f.org, _ = args[argOrg].(int64)
	f.user, _ = args[argUser].(int64)
	f.model, _ = args[argModel].(int64)
	f.needs, _ = args[argNeeds].(int64)
	f.groups = newGroups(f.measureGroup)
	list, _ := args[argUsers].(string)
	if list == "" {
		return nil
	}
	var users []uint32
	if err := json.Unmarshal([]byte(list), &users); err != nil {
		return err
	}
	f.users = bitset{}
	for _, u := range users {
		f.users.insertID(u)
	}
	return nil
}

// parseRow parses the cells of a row. A measure that is null reads as 0.
func (f *fold) parseRow(args []driver.Value) error {
	shard, _ := args[argShard].(int64)
	n, _ := args[argCount].(int64)
	f.blobs = f.blobs[:0]
	for i, arg := range args[argColumns:] {
		b, there := arg.([]byte)
		if !there && i < keyColumns {
			return errBlock
		}
		f.blobs = append(f.blobs, b)
	}
	return f.block.parse(f.measureGroup, shard, n, f.blobs)
}

// addRun adds all cells of a run to a group.
func (f *fold) addRun(r run, at int64) {
	g := f.groups.find(f.how.of(r, 0, at))
	for m := range f.measureGroup.measures {
		if c := f.block.measures[m]; c.width > 0 {
			to := &f.groups.sums[m][g]
			*to = plus(*to, c.sum(r.from, r.to))
		}
	}
	if f.needs&needsUsers == 0 {
		return
	}
	users := &f.groups.users[g]
	for i := r.from; i < r.to; i++ {
		if user := f.block.first + uint32(f.block.user.at(i)); user != noName {
			users.insertID(user)
		}
	}
}

// addEach adds each cell of a run to the group of its user.
func (f *fold) addEach(r run, at int64) {
	f.matches = f.matches[:0]
	for i := r.from; i < r.to; i++ {
		user := f.block.first + uint32(f.block.user.at(i))
		if (f.user != 0 && f.user != int64(user)) || (f.users != nil && !f.users.has(user)) {
			continue
		}
		g := f.groups.find(f.how.of(r, user, at))
		f.matches = append(f.matches, match{int32(i), g})
		if f.needs&needsUsers != 0 && user != noName && !f.how.single {
			f.groups.users[g].insertID(user)
		}
	}
	// Column by column, which is the order in memory.
	for m := range f.measureGroup.measures {
		c, to := f.block.measures[m], f.groups.sums[m]
		if c.width == 0 {
			continue
		}
		for _, p := range f.matches {
			to[p.group] = plus(to[p.group], int64(c.at(int(p.cell))))
		}
	}
}

// WindowValue returns the groups as rows in JSON.
func (f *fold) WindowValue(*sqlite.FunctionContext) (driver.Value, error) {
	b := []byte{'['}
	for n, i := range f.groups.ranked(f.rank, f.limit) {
		if n > 0 {
			b = append(b, ',')
		}
		b = f.row(b, i)
	}
	return string(append(b, ']')), nil
}

// row appends the row of a group. It contains only the requested values, since SQLite
// parses JSON slowly.
func (f *fold) row(b []byte, i int32) []byte {
	g := &f.groups
	values := []int64{int64(g.keys[i].id), g.keys[i].at, g.score(f.rank, i)}
	if f.users == nil {
		users := 1
		if !f.how.single {
			users = g.users[i].count()
		}
		values = append(values[:2], int64(len(g.keys)), int64(users))
		for m := range f.measureGroup.measures {
			values = append(values, g.sums[m][i])
		}
	}
	b = append(b, '[')
	for _, n := range values {
		b = append(strconv.AppendInt(b, n, 10), ',')
	}
	b[len(b)-1] = ']'
	return b
}
