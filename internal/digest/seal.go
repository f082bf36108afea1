package digest

import (
	"encoding/binary"
	"hash/crc32"
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Seal appends a checksum of 4 bytes to data that is stored.
func Seal(data []byte) []byte {
	return binary.LittleEndian.AppendUint32(data, crc32.Checksum(data, castagnoli))
}

// Unseal returns the data before the checksum, false if the checksum is wrong.
func Unseal(sealed []byte) (data []byte, ok bool) {
	n := len(sealed) - crc32.Size
	if n < 0 {
		return nil, false
	}
	return sealed[:n], crc32.Checksum(sealed[:n], castagnoli) == binary.LittleEndian.Uint32(sealed[n:])
}
