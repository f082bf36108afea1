package store

import (
	"database/sql/driver"
	"errors"
	"sync"

	"modernc.org/sqlite"
)

// functions registers what SQL lacks, once a process: the functions belong to SQLite's
// driver and keep nothing.
//
//	fold_spend, fold_people (how, rank, limit, organization, user, model, users, needs, at, shard, n, column …)
//
// add up rows of cells, as JSON: a row [id, at, groups, users, measure …] for each
// group. How is total, at, organization, model, user or user_at. Groups are ranked by
// the measures whose bits are set in rank, unless it is 0, and cut to the limit. user_at
// looks at the users of a JSON list only, and its rows are [id, at, what they are
// ranked by]. An id of 0 is no condition, and one below that no name has. A
// measure that is not among the needs is told as 0, and its column may be null.
//
//	quantile (q, sketch)
//
// merges sketches and returns a quantile in milliseconds, null if there is none.
var functions = sync.OnceValue(func() error {
	return errors.Join(
		registerFold(spend), registerFold(people),
		sqlite.RegisterFunction("quantile", &sqlite.FunctionImpl{
			NArgs: 2, Deterministic: true, VolatileArgs: true,
			MakeAggregate: func(sqlite.FunctionContext) (sqlite.AggregateFunction, error) {
				return &quantile{}, nil
			},
		}),
	)
})

func registerFold(f *measureGroup) error {
	return sqlite.RegisterFunction("fold_"+f.name, &sqlite.FunctionImpl{
		NArgs: int32(argColumns + keyColumns + len(f.measures)), Deterministic: true, VolatileArgs: true,
		MakeAggregate: func(sqlite.FunctionContext) (sqlite.AggregateFunction, error) {
			return &fold{measureGroup: f}, nil
		},
	})
}

var errWindow = errors.New("is no window function")

// whole makes an aggregate one that is no window function.
type notWindowFunction struct{}

func (notWindowFunction) WindowInverse(*sqlite.FunctionContext, []driver.Value) error {
	return errWindow
}

func (notWindowFunction) WindowValue(*sqlite.FunctionContext) (driver.Value, error) {
	return nil, errWindow
}

func (notWindowFunction) Final(*sqlite.FunctionContext) {}

// A quantile merges sketches.
type quantile struct {
	notWindowFunction
	all distribution
	q   float64
}

// Step merges a sketch.
func (q *quantile) Step(_ *sqlite.FunctionContext, args []driver.Value) error {
	q.q, _ = args[0].(float64)
	data, _ := args[1].([]byte)
	return q.all.merge(data)
}

// WindowValue returns the quantile in milliseconds.
func (q *quantile) WindowValue(*sqlite.FunctionContext) (driver.Value, error) {
	if ms, ok := q.all.quantile(q.q); ok {
		return ms, nil
	}
	return nil, nil
}
