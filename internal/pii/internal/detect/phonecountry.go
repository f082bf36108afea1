package detect

import (
	"bytes"
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/dialplan"
	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// A nationalForm is how numbers are usually written within a country.
type nationalForm struct {
	code    int    // the calling code
	trunk   string // the digits before the area code, "" if there are none
	layouts string // the sizes of the groups, trunk included; ( before an area code that is in parentheses only
}

// nationalForms are the usual forms of countries where a form by itself is rare in other
// text: a trunk prefix, or an area code in parentheses.
var nationalForms = []nationalForm{
	{44, "0", "5-6 3-4-4 4-3-4 5-5 5-3-3 4-4-3 5-2-4 4-7 3-8"},
	{49, "0", "3-5 3-6 3-7 3-8 4-5 4-6 4-7 4-8 5-4 5-5 5-6 5-7 3-3-4 3-4-4 3-4-3 3-3-3 4-3-3 4-3-4 4-3-5 4-4-3 4-4-4 4-3-2-2 4-2-2-2 5-3-3"},
	{43, "0", "4-6 4-7 4-3-3 4-3-4 4-2-2-2 4-3-2-2 2-3-4 2-7 3-6 4-4-3"},
	{41, "0", "3-3-2-2 3-7 3-3-4"},
	{33, "0", "2-2-2-2-2"},
	{31, "0", "2-8 2-4-4 2-2-2-2-2 3-7 3-3-4 3-3-2-2 4-6 4-3-3"},
	{32, "0", "4-2-2-2 4-3-3 4-6 2-3-2-2 3-2-2-2 3-6"},
	{46, "0", "3-3-2-2 3-2-2-2 2-3-3 2-2-2-2 2-3-3-2 3-7 4-3-2-2 4-2-2-2"},
	{358, "0", "3-7 3-3-4 2-3-4 3-3-2-2 2-4-4"},
	{353, "0", "2-3-4 3-3-4 3-7"},
	{61, "0", "2-4-4 4-3-3"},
	{64, "0", "2-3-4 3-3-4 3-3-3 3-7 3-4-4"},
	{27, "0", "3-3-4"},
	{81, "0", "3-4-4 2-4-4 3-3-4 4-2-4 4-3-3"},
	{82, "0", "3-4-4 2-4-4 2-3-4 3-3-4"},
	{86, "0", "3-8 4-8 4-7 3-4-4"},
	{886, "0", "4-3-3 2-4-4 4-6"},
	{90, "0", "4-3-2-2 4-3-4 3-3-2-2"},
	{91, "0", "3-4-4 6-5 5-6 4-7 3-8"},
	{7, "8", "1-3-3-2-2 1-3-3-4"},
	{380, "0", "3-3-2-2 3-7"},
	{972, "0", "3-3-4 3-7 2-7 2-3-4"},
	{62, "0", "4-4-4 3-8 3-7 4-8 4-4-3"},
	{60, "0", "3-3-4 3-4-4 2-4-4 3-7"},
	{66, "0", "3-3-4 2-3-4"},
	{63, "0", "4-3-4"},
	{84, "0", "4-3-3 3-3-4"},
	{39, "", "2-4-4 3-7 3-6 4-6"},
	{54, "0", "3-4-4 4-3-4"},
	{55, "", "(2-5-4 (2-4-4"},
	{52, "", "(2-4-4"},
	{40, "0", "4-3-3 3-3-4"},
	{36, "06", "2-1-3-4 2-2-3-4"},
	{234, "0", "4-3-4"},
	{254, "0", "4-6 4-3-3"},
	{20, "0", "3-4-4 2-4-4"},
	{971, "0", "3-3-4 2-3-4"},
}

// A layout is a way to write a number: a form and the sizes of its groups.
type layout struct {
	code       int
	trunk      string
	needsParen bool
}

// layoutsBySize has the layouts by [phoneNumber.sizeKey].
var layoutsBySize = indexLayouts()

func indexLayouts() map[uint32][]layout {
	index := map[uint32][]layout{}
	for _, form := range nationalForms {
		for sizes := range strings.FieldsSeq(form.layouts) {
			groups, needsParen := strings.CutPrefix(sizes, "(")
			key := uint32(0)
			for size := range strings.SplitSeq(groups, "-") {
				key = key<<4 | uint32(size[0]-'0')
			}
			index[key] = append(index[key], layout{form.code, form.trunk, needsParen})
		}
	}
	return index
}

// sizeKey returns the sizes of the groups, four bits each.
func (p *phoneNumber) sizeKey() (key uint32) {
	for _, size := range p.sizes[:p.groups] {
		key = key<<4 | uint32(size)
	}
	return key
}

// isNational reports whether a number has the usual form of a country, and its plan
// accepts the number.
func (p *phoneNumber) isNational() bool {
	paren := p.seps[0] == '('
	if p.groups < 2 || p.isZIP() || p.hasMixedSeparators() || p.digits[0] == '0' && p.digits[1] == '0' || !paren && p.digits[0] != '0' && p.digits[0] != '8' {
		return false
	}
	for _, l := range layoutsBySize[p.sizeKey()] {
		if l.needsParen && !paren || l.trunk == "" && !l.needsParen && p.digits[0] != '0' {
			continue
		}
		if isPlanned(dialplan.Of(l.code), l.trunk, p.digits[:p.n]) {
			return true
		}
	}
	return false
}

// isPlanned reports whether a plan accepts digits with a trunk prefix.
func isPlanned(plan *dialplan.Plan, trunk string, digits []byte) bool {
	national, found := bytes.CutPrefix(digits, []byte(trunk))
	return found && plan != nil && plan.Accepts(national)
}

// hasMixedSeparators reports whether dots separate some groups and other bytes others, or
// a slash separates more than the area code.
func (p *phoneNumber) hasMixedSeparators() bool {
	dots, slashes := 0, 0
	for k := 1; k < p.groups; k++ {
		switch p.seps[k] {
		case '.':
			dots++
		case '/':
			slashes++
		}
	}
	return dots > 0 && dots < p.groups-1 || slashes > 1 || slashes == 1 && p.seps[1] != '/'
}

// callingCodes has the calling codes of countries by their two letters, as keys of JSON have them.
var callingCodes = map[string]int{
	"AE": 971, "AR": 54, "AT": 43, "AU": 61, "BE": 32, "BR": 55, "CA": 1, "CH": 41, "CL": 56, "CN": 86, "CO": 57, "CZ": 420,
	"DE": 49, "DK": 45, "EE": 372, "EG": 20, "ES": 34, "FI": 358, "FR": 33, "GB": 44, "GR": 30, "HK": 852, "HR": 385, "HU": 36,
	"IE": 353, "IL": 972, "IN": 91, "IS": 354, "IT": 39, "JP": 81, "KE": 254, "KR": 82, "LT": 370, "LU": 352, "LV": 371,
	"MA": 212, "MX": 52, "MY": 60, "NG": 234, "NL": 31, "NO": 47, "NZ": 64, "PE": 51, "PH": 63, "PK": 92, "PL": 48, "PT": 351,
	"RO": 40, "RS": 381, "RU": 7, "SA": 966, "SE": 46, "SG": 65, "SI": 386, "SK": 421, "TH": 66, "TN": 216, "TR": 90, "TW": 886,
	"UA": 380, "UK": 44, "US": 1, "VN": 84, "ZA": 27,
}

// isOfCountryInKey reports whether the key is the code of a country whose plan accepts the number.
func isOfCountryInKey(r *Reader, p *phoneNumber) bool {
	if len(r.Key) != 2 || p.groups < 2 && p.n < 9 {
		return false
	}
	plan := dialplan.Of(callingCodes[string([]byte{text.ToUpper(r.Key[0]), text.ToUpper(r.Key[1])})])
	return plan != nil && (isPlanned(plan, plan.Trunk(), p.digits[:p.n]) || isPlanned(plan, "", p.digits[:p.n]))
}
