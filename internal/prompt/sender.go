package prompt

import (
	"go.opentelemetry.io/collector/pdata/pcommon"
	"go.opentelemetry.io/collector/pdata/plog"

	"github.com/cowork-otel/collector/internal/cowork"
	"github.com/cowork-otel/collector/internal/digest"
)

// userAttributes are copied unchanged from a prompt's first record to its summary, so
// that the summary has the user of the prompt.
var userAttributes = [...]string{
	"organization.id", "user.account_uuid", "user.account_id", "user.id", "user.email", "user.groups", "enduser.id", "process.owner",
	"identity.source", "cowork.surface", "ccr.session.id",
	cowork.UserNameAttribute, cowork.TeamAttribute, cowork.CostCenterAttribute,
}

// A sender is the part of a summary that identifies who sent the prompt: a batch of one
// record, with the resource and the user's attributes. The prompts of one user share
// a sender. It must not be changed.
type sender struct {
	logs  plog.Logs
	wire  []byte // logs as OTLP, encoded when first stored
	key   digest.Digest
	bytes int
	refs  int
}

func (o *sender) resource() pcommon.Resource { return o.logs.ResourceLogs().At(0).Resource() }

func (o *sender) user() pcommon.Map {
	return o.logs.ResourceLogs().At(0).ScopeLogs().At(0).LogRecords().At(0).Attributes()
}

// encoded returns the sender as OTLP. Prompts that share it encode it once.
func (o *sender) encoded() []byte {
	if o.wire == nil {
		// The batch was built here, so encoding it cannot fail.
		o.wire, _ = (&plog.ProtoMarshaler{}).MarshalLogs(o.logs)
	}
	return o.wire
}

// senderOf returns the sender of a record. An equal sender of another prompt is
// reused.
func (b *textBudget) senderOf(e cowork.Event) *sender {
	o := &sender{logs: plog.NewLogs()}
	rl := o.logs.ResourceLogs().AppendEmpty()
	rl.ScopeLogs().AppendEmpty().LogRecords().AppendEmpty()
	room := min(maxSenderBytes, b.limit-b.used)
	for key, value := range e.Resource().Attributes().All() {
		b.copyInto(o, o.resource().Attributes(), room, key, value)
	}
	for _, key := range userAttributes {
		if value, ok := e.Record().Attributes().Get(key); ok {
			b.copyInto(o, o.user(), room, key, value)
		}
	}
	return b.share(o)
}

// copyInto copies an attribute if there is room for it.
func (b *textBudget) copyInto(o *sender, to pcommon.Map, room int, key string, value pcommon.Value) {
	size := sizeOf(value, room-o.bytes-len(key), maxDepth) + len(key)
	if o.bytes+size > room {
		b.cut[SenderText]++
		return
	}
	o.bytes += size
	value.CopyTo(to.PutEmpty(key))
}

// share returns a sender that equals o and adds a reference to it. Of two different
// senders with one digest, the second is not shared.
func (b *textBudget) share(o *sender) *sender {
	o.key = digestMap(digestMap(ofSender, o.resource().Attributes()), o.user()).Sum()
	if other, ok := b.senders[o.key]; !ok {
		b.senders[o.key] = o
	} else if other.resource().Attributes().Equal(o.resource().Attributes()) && other.user().Equal(o.user()) {
		o = other
	}
	if o.refs == 0 {
		b.used += o.bytes
	}
	o.refs++
	return o
}

// releaseSender removes a reference.
func (b *textBudget) releaseSender(o *sender) {
	if o == nil {
		return
	}
	if o.refs--; o.refs > 0 {
		return
	}
	b.used -= o.bytes
	if b.senders[o.key] == o {
		delete(b.senders, o.key)
	}
}

func digestMap(d digest.Digest, m pcommon.Map) digest.Digest {
	d = d.Word(uint64(m.Len()))
	for key, value := range m.All() {
		d = d.Text(key).Text(value.AsString())
	}
	return d
}

// sizeOf returns the approximate bytes of a value, and more than room for a value that
// is larger or nested deeper than depth.
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
