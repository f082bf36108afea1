package token

// This file holds random words that are public: identifiers of objects, and parts of paths.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// publicPrefixes are the words before the identifiers of objects at vendors, with their joint.
var publicPrefixes = wordSet(`acct_ apikey_ asst_ bat_ batch_ call_ card_ cart_ case_ ch_ chatcmpl- cmpl- coll_ container_ conv_
	conversation_ cus_ customer_ dp_ dpl_ edge_ event_ evt_ exp_ fc_ file- file_ fold_ ftjob- fn_ gen- grp_ hook_ icfg_ il_ in_ inst_
	inv_ invite_ item_ job_ job- li_ link_ mandate_ mb_ member_ mem_ model_ msg_ msgbatch_ node_ obj_ ord_ order_ org- org_ part_ pay_ payout_ pi_ seti_
	plan_ plink_ pm_ po_ price_ prj_ prod_ proj_ project_ qt_ rec_ ref_ req_ request_ res_ resp_ role_ rs_ run_ seg_ sess_ session_ si_ skill_
	snap- srvtoolu_ step_ sub_ subnet- task_ tbl_ team_ tenant_ thread_ toolu_ trace_ txn_ tx_ upload_ user- user_ usr_
	vol- vpc- vs_ we_ wf_ wh_ workspace_ wrkspc_ ws_`)

func wordSet(list string) map[string]bool {
	words := map[string]bool{}
	for word := range strings.FieldsSeq(list) {
		words[word] = true
	}
	return words
}

// isPublicID reports whether a word is the identifier of an object at a vendor.
func isPublicID(word string) bool {
	end := text.RunEnd(word, 0, len("conversation_"), text.Lower)
	return end > 0 && end < len(word) && publicPrefixes[word[:end+1]]
}

// IsContract reports whether a word is the address of a contract or an account: 0x and 40 hexadecimal digits.
// A private key has 64.
func IsContract(word string) bool {
	return len(word) == len("0x")+40 && text.HasFold(word, 0, "0x") && text.RunEnd(word, 2, len(word), text.Hexa) == len(word)
}

// isTokenHeader reports whether a word is the header of a JSON web token, or the start of one, without its other parts.
func isTokenHeader(word, after string) bool {
	const headerMost = 48
	return len(word) <= headerMost && (strings.HasPrefix(word, "eyJhbGciOi") || strings.HasPrefix(word, "eyJ0eXAiOi") || strings.HasPrefix(word, "eyJraWQiOi")) &&
		!(len(after) > 1 && after[0] == '.' && text.Is(after[1], text.KeyChars))
}

// isPublicName reports whether the name of the word at i is that of a public value: the key of the
// handshake of a web socket, the checksum of a secret in a list of known ones.
func (r *Reader) isPublicName(i int) bool {
	const longest, apart = len("hashed_secret"), 8
	before := r.Key
	if i > 0 {
		before = strings.TrimRight(r.Text[max(0, i-longest-1-apart):i], "\\\"': =>[]")
	}
	for _, name := range [...]string{"websocket-key", "hashed_secret", "sitekey", "site_key", "site-key", "site key"} {
		if at := len(before) - len(name); text.HasFold(before, at, name) && (at == 0 || !text.Is(before[at-1], text.Letter)) {
			return true
		}
	}
	return false
}

// pathMost bounds how much of a path is read before a word.
const pathMost = 128

// isPath reports whether the text before i is the start of an absolute or a relative path
// whose first name consists of letters.
func isPath(r *Reader, i int) bool {
	start := text.RunStart(r.Text, i, i-pathMost, text.KeyChars|text.Dot|text.Tilde|text.Base64x)
	start += strings.LastIndexByte(r.Text[start:i], '=') + 1
	in := r.Text[start:]
	if !strings.HasPrefix(in, "/") {
		dots := text.RunEnd(in, 0, 2, text.Dot|text.Tilde)
		if dots == 0 || dots == len(in) || in[dots] != '/' {
			return false
		}
		in = in[dots:]
	}
	end := text.RunEnd(in, 1, pathMost, text.Lower|text.Upper|text.Dot)
	return end > 2 && end < len(in) && in[end] == '/'
}

// isInPath reports whether the names of two folders at least precede the word at i, and a name
// follows it: tests/data/X/body.bin.
func isInPath(r *Reader, i int) bool {
	if r.Previous(i) != '/' {
		return false
	}
	end := text.RunEnd(r.Text, i, i+tokenMost, text.Alnum|text.Joiner)
	hash := r.Text[i:end]
	folders := 0
	for limit := i - pathMost; i > max(0, limit) && r.Text[i-1] == '/'; {
		start := text.RunStart(r.Text, i-1, i-1-pathMost, text.Lower|text.Joiner)
		if i-1-start < 3 {
			return false
		}
		folders++
		i = start
	}
	isHash := len(hash) >= 32 && text.RunEnd(hash, 0, len(hash), text.Hexa) == len(hash)
	return (folders > 1 || folders > 0 && isHash) && !text.Is(r.Previous(i), text.Alnum|text.Base64x|text.Dot) && r.Next(end) == '/'
}

// isImageTag reports whether the word [start, end) is a hash that tags an image of containers, after
// its path: registry.example/scanner:X.
func isImageTag(r *Reader, start, end int) bool {
	if r.Previous(start) != ':' || text.RunEnd(r.Text, start, end, text.Hexa) < end || end-start < 32 {
		return false
	}
	path := r.Text[text.RunStart(r.Text, start-1, start-1-pathMost, text.KeyChars|text.Dot|text.Base64x) : start-1]
	slash := strings.LastIndexByte(path, '/')
	return slash > 0 && slash < len(path)-1 && !strings.ContainsAny(path[:slash], "=+")
}
