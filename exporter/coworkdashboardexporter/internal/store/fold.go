package store

import (
	"database/sql/driver"
	"encoding/json"
	"slices"
	"strconv"

	"modernc.org/sqlite"
)

// A fold adds up rows of cells.
type fold struct {
	whole
	family           *family
	how              string
	single           bool // a group has one user
	rank             int64
	limit            int
	needs            int64
	org, user, model int64
	users            bitset // nil for all

	groups []*group
	byID   []int32 // the group of an id, plus 1
	pairs  map[groupKey]int32
	of     []int32  // the groups of a block's cells
	blobs  [][]byte // of a row
}

type groupKey struct {
	id uint32
	at int64
}

// A group is what is added up.
type group struct {
	groupKey
	sums  sums
	users bitset
}

// The arguments of a fold: what is asked, the same in each row, and then the row. Behind
// how many cells it has come the columns, null where they are not needed.
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
	argCount
	argColumns
)

// Step adds a row.
func (f *fold) Step(_ *sqlite.FunctionContext, args []driver.Value) error {
	if f.pairs == nil {
		if err := f.begin(args); err != nil {
			return err
		}
	}
	at, _ := args[argAt].(int64)
	blk, err := f.block(args[argCount:])
	if err != nil {
		return err
	}
	if f.isSole() {
		return f.addAll(&blk, f.groups[f.finder(at)(cellKey{})])
	}
	return f.addEach(&blk, at)
}

// block returns the cells of a row, with the measures that are needed.
func (f *fold) block(args []driver.Value) (block, error) {
	n, _ := args[0].(int64)
	f.blobs = f.blobs[:0]
	for i, arg := range args[1:] {
		b, there := arg.([]byte)
		if !there && (i < keyColumns || f.needs>>(i-keyColumns)&1 == 1) {
			return block{}, errBlock
		}
		f.blobs = append(f.blobs, b)
	}
	return parse(f.family, n, f.blobs)
}

// addEach adds each cell of a block to its group.
func (f *fold) addEach(blk *block, at int64) error {
	if err := f.assign(blk, at); err != nil {
		return err
	}
	// One column after the other, since that is how they stand in memory.
	for m := range f.family.measures {
		c := blk.measures[m]
		if c.width == 0 { // of zeros, or not needed
			continue
		}
		for i, g := range f.of {
			if g >= 0 {
				to := &f.groups[g].sums[m]
				*to = plus(*to, int64(c.at(i)))
			}
		}
	}
	return nil
}

// assign finds the group of each cell of a block, -1 for those that are not wanted.
func (f *fold) assign(blk *block, at int64) error {
	f.of = slices.Grow(f.of[:0], blk.n)[:blk.n]
	find, count := f.finder(at), f.needs&needsUsers != 0 && !f.single
	org, model := f.org != 0 || f.how == "organization", f.model != 0 || f.how == "model"
	var id cellKey
	for i := range blk.n {
		id.user += uint32(blk.step.at(i))
		if org {
			id.org = uint32(blk.org.at(i))
		}
		if model {
			id.model = uint32(blk.model.at(i))
		}
		if max(id.org, id.user, id.model) > maxID {
			return errBlock
		}
		f.of[i] = -1
		if f.wanted(id) {
			g := find(id)
			f.of[i] = g
			if count && id.user != noName {
				f.groups[g].users.add(id.user)
			}
		}
	}
	return nil
}

// maxID is more than there are names of any sort. What is damaged must not make room
// for more.
const maxID = 1 << 21

func (f *fold) begin(args []driver.Value) error {
	f.pairs = map[groupKey]int32{}
	how, _ := args[argHow].(string)
	f.how = string([]byte(how)) // the argument lives no longer than the call
	f.rank, _ = args[argRank].(int64)
	limit, _ := args[argLimit].(int64)
	f.limit = int(limit)
	f.org, _ = args[argOrg].(int64)
	f.user, _ = args[argUser].(int64)
	f.model, _ = args[argModel].(int64)
	list, _ := args[argUsers].(string)
	f.needs, _ = args[argNeeds].(int64)
	f.single = f.how == "user" || f.how == "user_at"
	if f.how != "user_at" {
		return nil
	}
	var users []uint32
	if err := json.Unmarshal([]byte(list), &users); err != nil {
		return err
	}
	f.users = bitset{}
	for _, u := range users {
		f.users.add(u)
	}
	return nil
}

func (f *fold) wanted(id cellKey) bool {
	return (f.org == 0 || f.org == int64(id.org)) && (f.user == 0 || f.user == int64(id.user)) &&
		(f.model == 0 || f.model == int64(id.model)) && (f.users == nil || f.users.has(id.user))
}

// finder returns what finds the group of a cell in a blob of some time.
func (f *fold) finder(at int64) func(cellKey) int32 {
	switch f.how {
	case "organization":
		return func(k cellKey) int32 { return f.ofID(k.org) }
	case "model":
		return func(k cellKey) int32 { return f.ofID(k.model) }
	case "user":
		return func(k cellKey) int32 { return f.ofID(k.user) }
	case "user_at":
		return func(k cellKey) int32 { return f.ofPair(groupKey{k.user, at}) }
	case "at":
		g := f.ofPair(groupKey{at: at})
		return func(cellKey) int32 { return g }
	default:
		g := f.ofPair(groupKey{})
		return func(cellKey) int32 { return g }
	}
}

func (f *fold) ofID(id uint32) int32 {
	if int(id) >= len(f.byID) {
		f.byID = append(f.byID, make([]int32, int(id)+1-len(f.byID))...)
	}
	if f.byID[id] == 0 {
		f.groups = append(f.groups, &group{groupKey: groupKey{id: id}})
		f.byID[id] = int32(len(f.groups))
	}
	return f.byID[id] - 1
}

func (f *fold) ofPair(k groupKey) int32 {
	i, ok := f.pairs[k]
	if !ok {
		i = int32(len(f.groups))
		f.groups = append(f.groups, &group{groupKey: k})
		f.pairs[k] = i
	}
	return i
}

// WindowValue returns the rows.
func (f *fold) WindowValue(*sqlite.FunctionContext) (driver.Value, error) {
	if f.rank != 0 {
		slices.SortStableFunc(f.groups, func(a, b *group) int { return -compare(f.score(a), f.score(b), a.id, b.id) })
	}
	rows := f.groups
	if f.limit > 0 && len(rows) > f.limit {
		rows = rows[:f.limit]
	}
	b := []byte{'['}
	for i, g := range rows {
		if i > 0 {
			b = append(b, ',')
		}
		b = f.row(b, g)
	}
	return string(append(b, ']')), nil
}

func compare(a, b int64, x, y uint32) int {
	switch {
	case a > b || (a == b && x < y):
		return 1
	case a == b && x == y:
		return 0
	default:
		return -1
	}
}

// score is what a group is ranked by.
func (f *fold) score(g *group) (score int64) {
	for m := range f.family.measures {
		if f.rank>>m&1 == 1 {
			score = plus(score, g.sums[m])
		}
	}
	return score
}

// usersOf is how many users a group has.
func (f *fold) usersOf(g *group) int {
	if f.single {
		return 1
	}
	return g.users.count()
}

// row writes what is told of a group. SQL reads JSON slowly, so it is no more than is
// asked for.
func (f *fold) row(b []byte, g *group) []byte {
	told := []int64{int64(g.id), g.at, f.score(g)}
	if f.users == nil {
		told = append(told[:2], int64(len(f.groups)), int64(f.usersOf(g)))
		told = append(told, g.sums[:len(f.family.measures)]...)
	}
	b = append(b, '[')
	for _, n := range told {
		b = append(strconv.AppendInt(b, n, 10), ',')
	}
	b[len(b)-1] = ']'
	return b
}
