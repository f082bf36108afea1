package roster

import "context"

type contextKey struct{}

// NewContext returns a context for a batch whose attributes of people were written from a
// roster. Attributes of the sender with these names were removed.
func NewContext(ctx context.Context, r *Roster) context.Context {
	return context.WithValue(ctx, contextKey{}, r)
}

// FromContext returns the roster of a batch, nil if there is none: [Roster.Has] then
// reports false for every text.
func FromContext(ctx context.Context) *Roster {
	r, _ := ctx.Value(contextKey{}).(*Roster)
	return r
}
