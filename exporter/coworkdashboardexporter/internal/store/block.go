package store

import (
	"cmp"
	"encoding/binary"
	"maps"
	"slices"
)

// A block is a validated row of cells, so that reading it cannot fail. It holds cells of
// some users, in runs of one organization and model.
type block struct {
	runs     []run
	user     column // relative to the first user of the shard
	first    uint32
	measures [maxMeasures]column
}

// A run is consecutive cells of one organization and model. Most queries read complete
// runs, which are summed column by column.
type run struct {
	org, model uint32
	from, to   int
}

// maxCells bounds the cells of a row. It keeps bit offsets within an int.
const maxCells = 1 << 30

// encode encodes the cells of a shard: the runs as organization, model and length, then
// the users, then each measure.
func encode(f *measureGroup, cells map[cellKey]sums) (n int, blobs [][]byte) {
	keys := slices.SortedFunc(maps.Keys(cells), func(a, b cellKey) int {
		return cmp.Or(cmp.Compare(a.model, b.model), cmp.Compare(a.org, b.org), cmp.Compare(a.user, b.user))
	})
	blobs = append(blobs, encodeRuns(keys))
	numbers := make([]uint64, len(keys))
	write := func(number func(k cellKey) uint64) {
		for i, k := range keys {
			numbers[i] = number(k)
		}
		blobs = append(blobs, encodeColumn(numbers))
	}
	write(func(k cellKey) uint64 { return uint64(k.user & (1<<shardBits - 1)) })
	for m := range f.measures {
		write(func(k cellKey) uint64 { return uint64(cells[k][m]) })
	}
	return len(keys), blobs
}

func encodeRuns(keys []cellKey) []byte {
	b := []byte{}
	for from, to := 0, 0; from < len(keys); from = to {
		for to = from; to < len(keys) && keys[to].org == keys[from].org && keys[to].model == keys[from].model; {
			to++
		}
		for _, n := range [...]uint64{uint64(keys[from].org), uint64(keys[from].model), uint64(to - from)} {
			b = binary.AppendUvarint(b, n)
		}
	}
	return b
}

// parse parses the row of a shard. The block is a view of the blobs. A nil column reads
// as zeros: the query does not need it, or it was added after the row was written.
func (blk *block) parse(f *measureGroup, shard, n int64, blobs [][]byte) error {
	if n < 0 || n > maxCells || shard < 0 || shard > maxID>>shardBits || len(blobs) != keyColumns+len(f.measures) {
		return errBlock
	}
	blk.first = uint32(shard << shardBits)
	if err := blk.parseRuns(int(n), blobs[0]); err != nil {
		return err
	}
	columns := [1 + maxMeasures]*column{&blk.user}
	for m := range f.measures {
		columns[1+m] = &blk.measures[m]
	}
	for i, b := range blobs[1:] {
		*columns[i] = zeros
		if b == nil {
			continue
		}
		var err error
		if *columns[i], err = parseColumn(int(n), b); err != nil {
			return err
		}
	}
	if blk.user.width > shardBits {
		return errBlock
	}
	return nil
}

func (blk *block) parseRuns(n int, b []byte) error {
	blk.runs = blk.runs[:0]
	from := 0
	for len(b) > 0 {
		var numbers [3]uint64
		for i := range numbers {
			size := 0
			if numbers[i], size = binary.Uvarint(b); size <= 0 {
				return errBlock
			}
			b = b[size:]
		}
		org, model, length := numbers[0], numbers[1], numbers[2]
		if max(org, model) > maxID || length == 0 || length > uint64(n-from) {
			return errBlock
		}
		blk.runs = append(blk.runs, run{uint32(org), uint32(model), from, from + int(length)})
		from += int(length)
	}
	if from != n {
		return errBlock
	}
	return nil
}

// addTo adds the cells of a block to others.
func (blk *block) addTo(f *measureGroup, cells map[cellKey]sums) {
	for _, r := range blk.runs {
		for i := r.from; i < r.to; i++ {
			k := cellKey{r.org, blk.first + uint32(blk.user.at(i)), r.model}
			s := cells[k]
			for m := range f.measures {
				s[m] = plus(s[m], int64(blk.measures[m].at(i)))
			}
			cells[k] = s
		}
	}
}
