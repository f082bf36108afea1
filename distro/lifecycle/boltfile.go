package lifecycle

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"os"
)

// The file format of bbolt, version 2. All numbers are little-endian.
const (
	boltMagic     = 0xED0CDAED
	boltVersion   = 2
	boltHeader    = 16 // of a page: id, flags, count, overflow
	boltElement   = 16 // of an element on a page
	boltMetaSize  = 64 // of a meta page after its header
	boltBranch    = 0x01
	boltLeaf      = 0x02
	boltFreelist  = 0x10
	boltBucket    = 0x01 // flag of a leaf element
	boltNoList    = ^uint64(0)
	boltMaxDepth  = 64
	boltLeastPage = 1 << 10
	boltMostPage  = 1 << 24
)

// A boltFile checks the structure of a bbolt database. bbolt itself maps the file into
// memory and ends the process on most damage: here each page is read, once.
type boltFile struct {
	r        io.ReaderAt
	size     uint64 // of the file
	pageSize uint64
	high     uint64 // pages from this id on are unused
	seen     map[uint64]bool
}

// checkBolt returns what is damaged in a database. No process may write to the file meanwhile.
func checkBolt(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	b := &boltFile{r: f, size: uint64(info.Size()), seen: map[uint64]bool{}}
	root, freelist, err := b.readMeta()
	if err != nil {
		return err
	}
	if freelist != boltNoList {
		if _, err := b.readPage(freelist, boltFreelist); err != nil {
			return err
		}
	}
	_, err = b.checkTree(root, nil, nil, 0, true)
	return err
}

// readMeta reads the newer of the two meta pages that are valid.
func (b *boltFile) readMeta() (root, freelist uint64, err error) {
	newest := []byte(nil)
	for at := uint64(0); at <= boltMostPage && at+boltHeader+boltMetaSize <= b.size; at = max(boltLeastPage, at*2) {
		meta := make([]byte, boltMetaSize)
		if err := b.read(meta, at+boltHeader); err != nil {
			return 0, 0, err
		}
		pageSize := uint64(binary.LittleEndian.Uint32(meta[8:]))
		if !validMeta(meta) || at != 0 && at != pageSize {
			continue
		}
		if newest == nil || binary.LittleEndian.Uint64(meta[48:]) > binary.LittleEndian.Uint64(newest[48:]) {
			newest = meta
		}
	}
	if newest == nil {
		return 0, 0, errors.New("no valid meta page")
	}
	b.pageSize = uint64(binary.LittleEndian.Uint32(newest[8:]))
	b.high = binary.LittleEndian.Uint64(newest[40:])
	if b.pageSize < boltLeastPage || b.pageSize > boltMostPage || b.size < 2*b.pageSize {
		return 0, 0, fmt.Errorf("page size %d", b.pageSize)
	}
	return binary.LittleEndian.Uint64(newest[16:]), binary.LittleEndian.Uint64(newest[32:]), nil
}

func validMeta(meta []byte) bool {
	h := fnv.New64a()
	_, _ = h.Write(meta[:56])
	return binary.LittleEndian.Uint32(meta) == boltMagic && binary.LittleEndian.Uint32(meta[4:]) == boltVersion &&
		binary.LittleEndian.Uint64(meta[56:]) == h.Sum64()
}

func (b *boltFile) read(buf []byte, at uint64) error {
	if at > b.size || uint64(len(buf)) > b.size-at {
		return errors.New("the file is cut off")
	}
	_, err := b.r.ReadAt(buf, int64(at))
	return err
}

// readPage reads a page with its overflow. It returns an error if the page is not of one of
// the types, or was read before.
func (b *boltFile) readPage(id uint64, types uint16) ([]byte, error) {
	if id < 2 || id >= b.high || id > b.size/b.pageSize {
		return nil, fmt.Errorf("page %d: out of bounds", id)
	}
	header := make([]byte, boltHeader)
	if err := b.read(header, id*b.pageSize); err != nil {
		return nil, fmt.Errorf("page %d: %w", id, err)
	}
	overflow := uint64(binary.LittleEndian.Uint32(header[12:]))
	flags := binary.LittleEndian.Uint16(header[8:])
	if binary.LittleEndian.Uint64(header) != id || flags&types == 0 || flags&(flags-1) != 0 || overflow >= b.high-id {
		return nil, fmt.Errorf("page %d: its header is damaged", id)
	}
	for i := id; i <= id+overflow; i++ {
		if b.seen[i] {
			return nil, fmt.Errorf("page %d: is used twice", i)
		}
		b.seen[i] = true
	}
	if overflow >= b.size/b.pageSize {
		return nil, fmt.Errorf("page %d: the file is cut off", id)
	}
	page := make([]byte, (1+overflow)*b.pageSize)
	if err := b.read(page, id*b.pageSize); err != nil {
		return nil, fmt.Errorf("page %d: %w", id, err)
	}
	return page, nil
}

// checkTree checks the pages below one, whose keys are from low to before high. It returns
// the last key.
func (b *boltFile) checkTree(id uint64, low, high []byte, depth int, root bool) (last []byte, err error) {
	if depth > boltMaxDepth {
		return nil, fmt.Errorf("page %d: is too deep", id)
	}
	page, err := b.readPage(id, boltBranch|boltLeaf)
	if err != nil {
		return nil, err
	}
	if binary.LittleEndian.Uint16(page[8:])&boltLeaf != 0 {
		return b.checkLeaf(page, low, high, depth, root)
	}
	count := int(binary.LittleEndian.Uint16(page[10:]))
	if count == 0 {
		return nil, fmt.Errorf("page %d: is a branch without children", id)
	}
	keys := make([][]byte, count+1)
	keys[count] = high
	for i := range count {
		at, pos, size := element(page, i, 0)
		if keys[i], err = part(page, at, pos, size); err != nil {
			return nil, err
		}
	}
	last = low
	for i := range count {
		if err := inOrder(i, keys[i], last, keys[i+1]); err != nil {
			return nil, err
		}
		at, _, _ := element(page, i, 0)
		if last, err = b.checkTree(binary.LittleEndian.Uint64(page[at+8:]), keys[i], keys[i+1], depth+1, root); err != nil {
			return nil, err
		}
	}
	return last, nil
}
