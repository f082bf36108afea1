// Package dialplan has the numbering plans of the world: which telephone
// numbers can follow a country's calling code.
//
// The table is made from libphonenumber's metadata by TestGenerate and checked
// against it whenever the tests run. It holds, for each calling code and each
// length, the pairs of digits that a number can start with: enough to recognise nearly
// all numbers that are none, in a few kilobytes.
package dialplan

// A Plan describes the numbers of one calling code.
type Plan struct {
	code  uint16
	trunk string // the prefix of a number within the country, "" if there is none
	forms []form
}

// A form is the numbers of one length.
type form struct {
	length int
	starts [2]uint64 // a bit for each pair of digits that they start with
}

// byCode finds the plan of a calling code.
var byCode = buildIndex()

func buildIndex() (t [1000]*Plan) {
	for i := range plans {
		t[plans[i].code] = &plans[i]
	}
	return t
}

// Find returns the plan whose calling code digits start with, and how long the code
// is, nil if none has it. digits are ASCII.
func Find(digits []byte) (p *Plan, size int) {
	if len(digits) == 0 || digits[0] == '0' {
		return nil, 0
	}
	code := 0
	for size = 1; size <= 3 && size <= len(digits); size++ {
		code = code*10 + int(digits[size-1]-'0')
		if p = byCode[code]; p != nil {
			return p, size
		}
	}
	return nil, 0
}

// Of returns the plan of a calling code, nil if there is none.
func Of(code int) *Plan {
	if code < 0 || code >= len(byCode) {
		return nil
	}
	return byCode[code]
}

// Accepts reports whether the digits after the calling code can be a number.
func (p *Plan) Accepts(national []byte) bool {
	if len(national) < 2 {
		return false
	}
	start := int(national[0]-'0')*10 + int(national[1]-'0')
	for i := range p.forms {
		if f := &p.forms[i]; f.length == len(national) {
			return f.starts[start>>6]>>(start&63)&1 == 1
		}
	}
	return false
}

// HasLength reports whether there are numbers of so many digits after the calling code.
func (p *Plan) HasLength(n int) bool {
	for i := range p.forms {
		if p.forms[i].length == n {
			return true
		}
	}
	return false
}

// Trunk returns the prefix of a number within the country, "0" in most.
func (p *Plan) Trunk() string { return p.trunk }
