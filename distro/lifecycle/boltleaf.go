package lifecycle

import (
	"bytes"
	"encoding/binary"
	"errors"
)

var (
	errBoltElement = errors.New("an element is outside of its page")
	errBoltOrder   = errors.New("keys are not in order")
	errBoltBucket  = errors.New("a bucket is damaged")
)

// checkLeaf checks the elements of a leaf page, and the buckets among them. All elements
// of the root are buckets.
func (b *boltFile) checkLeaf(page, low, high []byte, depth int, root bool) (last []byte, err error) {
	last = low
	for i := range int(binary.LittleEndian.Uint16(page[10:])) {
		at, pos, size := element(page, i, 4)
		key, err := part(page, at, pos, size)
		if err != nil {
			return nil, err
		}
		if err := inOrder(i, key, last, high); err != nil {
			return nil, err
		}
		last = key
		value, err := part(page, at, pos+size, uint64(binary.LittleEndian.Uint32(page[at+12:])))
		if err != nil {
			return nil, err
		}
		switch flags := binary.LittleEndian.Uint32(page[at:]); {
		case flags == boltBucket:
			if err := b.checkBucket(value, depth+1); err != nil {
				return nil, err
			}
		case flags != 0 || root:
			return nil, errBoltBucket
		}
	}
	return last, nil
}

// checkBucket checks a bucket, whose pages are in the file, or whose page is in its value.
func (b *boltFile) checkBucket(value []byte, depth int) error {
	const header = 16 // the root page, and a sequence number
	if len(value) < header {
		return errBoltBucket
	}
	if root := binary.LittleEndian.Uint64(value); root != 0 {
		_, err := b.checkTree(root, nil, nil, depth, false)
		return err
	}
	page := value[header:]
	if len(page) < boltHeader || binary.LittleEndian.Uint16(page[8:]) != boltLeaf || depth > boltMaxDepth {
		return errBoltBucket
	}
	_, err := b.checkLeaf(page, nil, nil, depth, false)
	return err
}

// element returns the offset of an element of a page, and the position, relative to the
// offset, and the size of its key. They are behind skip bytes of the element. An element
// outside of the page has an offset that part refuses.
func element(page []byte, i, skip int) (at, pos, size uint64) {
	at = uint64(boltHeader + i*boltElement)
	if at+boltElement > uint64(len(page)) {
		return at, 0, uint64(len(page))
	}
	field := page[at+uint64(skip):]
	return at, uint64(binary.LittleEndian.Uint32(field)), uint64(binary.LittleEndian.Uint32(field[4:]))
}

// part returns a part of a page.
func part(page []byte, at, pos, size uint64) ([]byte, error) {
	begin, end := at+pos, at+pos+size
	if pos < boltElement && size > 0 || end > uint64(len(page)) {
		return nil, errBoltElement
	}
	return page[begin:end], nil
}

// inOrder checks that a key follows the last one, and is before the next key of the page
// above. The first key of a page may equal that of the page above.
func inOrder(i int, key, last, next []byte) error {
	if last != nil {
		if order := bytes.Compare(key, last); order < 0 || order == 0 && i > 0 {
			return errBoltOrder
		}
	}
	if next != nil && bytes.Compare(key, next) >= 0 {
		return errBoltOrder
	}
	return nil
}
