package store

import (
	"fmt"
	"maps"
	"strings"
)

// cells adds sums to the rows of cells.
func (w *writer) cells(rows map[blobKey]map[cellKey]sums) {
	for key, cells := range rows {
		if w.err != nil {
			return
		}
		w.row(key, cells)
	}
}

func (w *writer) row(key blobKey, cells map[cellKey]sums) {
	id := []any{key.measureGroup.id, key.grain, key.at, key.shard}
	columns := key.measureGroup.columns()
	var n int64
	blobs := make([][]byte, len(columns))
	to := []any{&n}
	for i := range blobs {
		to = append(to, &blobs[i])
	}
	list := strings.Join(columns, ", ")
	if w.get(fmt.Sprintf("select n, %s from cells where family = ? and grain = ? and at = ? and shard = ?", list), id, to...) {
		merged := maps.Clone(cells)
		var blk block
		if w.err = blk.parse(key.measureGroup, int64(key.shard), n, blobs); w.err != nil {
			return
		}
		blk.addTo(key.measureGroup, merged)
		cells = merged
	}
	count, blobs := encode(key.measureGroup, cells)
	values := []any{key.measureGroup.id, key.grain, key.at, key.shard, count}
	for _, b := range blobs {
		values = append(values, b)
	}
	w.exec(fmt.Sprintf("insert or replace into cells (family, grain, at, shard, n, %s) values (?, ?, ?, ?, ?%s)",
		list, strings.Repeat(", ?", len(columns))), values...)
}
