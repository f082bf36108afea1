package metric

import "math/bits"

// A digest stands for a series, or for an event that came before. It is made of
// hashes with a seed that no sender knows, so that none can make two series one; that
// it happens by chance among 20,000 has odds of one in 90 billion.
type digest uint64

// mixer has as many ones as zeros.
const mixer = 0xe7037ed1a0b428db

// with adds a hash. ("ab", "c") is not ("a", "bc"), nor ("c", "ab").
func (d digest) with(hash uint64) digest {
	hi, lo := bits.Mul64(uint64(d)^hash, mixer)
	return digest(hi ^ lo)
}
