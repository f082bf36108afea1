package prompt

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
)

// userAttributes go from a prompt's first record to its summary, as they came.
var userAttributes = [...]string{
	"organization.id", "user.account_uuid", "user.account_id", "user.id", "user.email", "user.groups", "enduser.id", "process.owner",
}

// An origin is what a summary says of where its prompt came from: a batch of one
// record, with the resource and the user's attributes. The prompts of one user
// share it. It must not be changed.
type origin struct {
	logs  plog.Logs
	wire  []byte // logs, as OTLP; made when first stored
	key   uint64
	bytes int
	refs  int
}

func (o *origin) resource() pcommon.Resource { return o.logs.ResourceLogs().At(0).Resource() }

func (o *origin) user() pcommon.Map {
	return o.logs.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0).Attributes()
}

// originOf returns the origin of a record, the one that is there already if another
// prompt has the same.
func (t *Tracker) originOf(e cowork.Event) *origin {
	o := &origin{logs: plog.NewLogs()}
	rl := o.logs.ResourceLogs().AppendEmpty()
	rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	room := min(maxOriginBytes, t.set.MaxTextBytes-t.textBytes)
	for key, value := range e.Resource().Attributes().All() {
		t.copyInto(o, o.resource().Attributes(), room, key, value)
	}
	for _, key := range userAttributes {
		if value, ok := e.Record().Attributes().Get(key); ok {
			t.copyInto(o, o.user(), room, key, value)
		}
	}
	return t.share(o)
}

// copyInto copies an attribute that there is room for.
func (t *Tracker) copyInto(o *origin, to pcommon.Map, room int, key string, value pcommon.Value) {
	size := sizeOf(value, room-o.bytes-len(key), maxDepth) + len(key)
	if o.bytes+size > room {
		t.stats.Cut[OriginText]++
		return
	}
	o.bytes += size
	value.CopyTo(to.PutEmpty(key))
}

// share returns an origin that equals o and counts one more user of it. Two origins
// of one key are told apart: the second has its prompt for itself.
func (t *Tracker) share(o *origin) *origin {
	o.key = digestMap(digestMap(ofOrigin, o.resource().Attributes()), o.user()).id()
	if other, ok := t.origins[o.key]; !ok {
		t.origins[o.key] = o
	} else if other.resource().Attributes().Equal(o.resource().Attributes()) && other.user().Equal(o.user()) {
		o = other
	}
	if o.refs == 0 {
		t.textBytes += o.bytes
	}
	o.refs++
	return o
}

func (t *Tracker) release(o *origin) {
	if o == nil {
		return
	}
	if o.refs--; o.refs > 0 {
		return
	}
	t.textBytes -= o.bytes
	if t.origins[o.key] == o {
		delete(t.origins, o.key)
	}
}

func digestMap(d digest, m pcommon.Map) digest {
	d = d.word(uint64(m.Len()))
	for key, value := range m.All() {
		d = d.text(key).text(value.AsString())
	}
	return d
}

// sizeOf returns about the bytes of a value, and more than room for one that is
// larger or nested deeper than depth.
func sizeOf(v pcommon.Value, room, depth int) (size int) {
	if depth == 0 {
		return max(room, 0) + 1
	}
	switch v.Type() {
	case pcommon.ValueTypeStr:
		return len(v.Str())
	case pcommon.ValueTypeBytes:
		return v.Bytes().Len()
	case pcommon.ValueTypeSlice:
		for _, item := range v.Slice().All() {
			if size += 8 + sizeOf(item, room-size, depth-1); size > room {
				break
			}
		}
		return size
	case pcommon.ValueTypeMap:
		if v.Map() == (pcommon.Map{}) {
			return 0
		}
		for key, item := range v.Map().All() {
			if size += 8 + len(key) + sizeOf(item, room-size, depth-1); size > room {
				break
			}
		}
		return size
	default:
		return 8
	}
}
