package store

import (
	"database/sql/driver"
	"errors"
	"sync"

	"modernc.org/sqlite"
)

// functions registers SQL functions, once per process since they belong to the driver.
//
//	fold_spend, fold_people (how, rank, limit, organization, user, model, users, needs, at, shard, n, column …)
//
// sum rows of cells. They return JSON with a row [id, at, groups, users, measure …] for
// each group. How is total, at, organization, model, user or user_at. Groups are ranked
// by the measures whose bits are set in rank, unless it is 0, and cut to the limit.
// user_at reads only the users of a JSON list, and its rows are [id, at, score]. An
// organization, user or model of 0 is no condition, and a negative one matches nothing.
// Measures that are not in needs are 0, and their columns may be null.
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

// notWindowFunction implements the methods of a window function for an aggregate that is
// none.
type notWindowFunction struct{}

func (notWindowFunction) WindowInverse(*sqlite.FunctionContext, []driver.Value) error {
	return errWindow
}

func (notWindowFunction) WindowValue(*sqlite.FunctionContext) (driver.Value, error) {
	return nil, errWindow
}

func (notWindowFunction) Final(*sqlite.FunctionContext) {}

// A quantile merges sketches and returns a quantile.
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
