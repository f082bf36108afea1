package configcheck

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"go.opentelemetry.io/collector/exporter/exporterhelper"
)

// A sizeBound is a size of a queue or batch that is meant in another unit.
type sizeBound struct {
	sizer       string
	least, most int64 // sizes outside are suspect
	meant       string
}

var (
	// A queue of 1 MB of events is full in a second. A request has kilobytes, and a record
	// hundreds of bytes.
	queueBounds = []sizeBound{
		{"requests", 0, 1e6, "bytes"},
		{"items", 0, 1e8, "bytes"},
		{"bytes", 1e6, 1 << 62, "requests"},
	}
	// A batch below 10 kB has a few records. One of a million records exceeds any limit.
	batchBounds = []sizeBound{
		{"items", 0, 1e6, "bytes"},
		{"bytes", 1e4, 1 << 62, "items"},
	}
)

// checkQueues warns of queues and batches of exporters in use whose size is meant in
// another unit.
func checkQueues(c *checker) {
	for where, cfg := range c.inUse() {
		if !strings.HasPrefix(where, "exporters"+delimiter) {
			continue
		}
		visitConfig(reflect.ValueOf(cfg), nil, func(path []string, v reflect.Value) bool {
			queue, ok := reflect.TypeAssert[exporterhelper.QueueBatchConfig](v)
			if !ok {
				return true
			}
			checkSize(c, where, append(slices.Clone(path), "queue_size"), "sizer", queueBounds, queue.Sizer.String(), queue.QueueSize)
			if batch := queue.Batch.Get(); batch != nil && batch.MaxSize > 0 {
				checkSize(c, where, append(slices.Clone(path), "batch", "max_size"), "batch::sizer", batchBounds, batch.Sizer.String(), batch.MaxSize)
			}
			return false
		})
	}
}

func checkSize(c *checker, where string, path []string, key string, bounds []sizeBound, sizer string, size int64) {
	for _, b := range bounds {
		if b.sizer == sizer && (size < b.least || size >= b.most) {
			w := typeChecker{checker: c, where: where}
			c.addWarning(where, "%s: %s is a number of %s (set %s: %s if %s are meant)", strings.Join(path, delimiter), w.shown(path, fmt.Sprint(size)), sizer, key, b.meant, b.meant)
		}
	}
}
