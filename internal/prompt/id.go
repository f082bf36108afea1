package prompt

import (
	"crypto/sha256"
	"encoding/hex"

	"go.opentelemetry.io/collector/pdata/pcommon"
)

// TraceID returns the trace id of a prompt.id: the 16 bytes of a UUID, else the first 16
// bytes of the SHA-256 of the text. An empty prompt.id has no trace id.
func TraceID(promptID string) (id pcommon.TraceID) {
	if promptID == "" || parseUUID(&id, promptID) && !id.IsEmpty() {
		return id
	}
	sum := sha256.Sum256([]byte(promptID))
	copy(id[:], sum[:])
	return id
}

// parseUUID reads 8-4-4-4-12 hexadecimal digits in either case.
func parseUUID(id *pcommon.TraceID, text string) bool {
	const dashes = 1<<8 | 1<<13 | 1<<18 | 1<<23
	if len(text) != 36 {
		return false
	}
	var digits [32]byte
	n := 0
	for i := range len(text) {
		if dashes>>i&1 == 1 {
			if text[i] != '-' {
				return false
			}
			continue
		}
		digits[n] = text[i]
		n++
	}
	_, err := hex.Decode(id[:], digits[:])
	return err == nil
}

// RootSpanID returns the root span id of a trace: the first 8 bytes of the SHA-256 of
// the trace id.
func RootSpanID(trace pcommon.TraceID) pcommon.SpanID { return SpanID(trace, "") }

// SpanID returns the span id of a step of a trace: the first 8 bytes of the SHA-256 of
// the trace id and the name of the step. It is the same for each delivery of a record,
// so that a backend stores the span once.
func SpanID(trace pcommon.TraceID, step string) (id pcommon.SpanID) {
	var room [128]byte // for all but the longest on the stack
	sum := sha256.Sum256(append(append(room[:0], trace[:]...), step...))
	copy(id[:], sum[:])
	return id
}
