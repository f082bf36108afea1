package secret

// This file holds calls whose password has a certain place among the arguments.

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
)

// placeRows has the functions, in small letters, and the places of their arguments that are
// passwords, from 1.
// 0 is the last of several, of which the first is not in quotes.
var placeRows = []string{
	"mysqli,mysqli_connect,mysql_connect,pdo,getconnection,ftp_login,imap_open,ldap_bind,ssh2_auth_password,odbc_connect,connect 3",
	"oci_connect,oci_pconnect,sp_addlogin,sp_addapprole,sp_setapprole,simple_bind_s,simple_bind 2",
	"sp_addlinkedsrvlogin 5",
	"plainauth 3",
	"userauth_password,pgp_sym_encrypt,pgp_sym_decrypt,pgp_sym_encrypt_bytea,pgp_sym_decrypt_bytea,aes_encrypt,aes_decrypt 2",
	"encryptbypassphrase,decryptbypassphrase 1",
	"create_superuser,createsuperuser 3",
	"sp_password 1,2",
	"protect,unprotect 1",
	"basic,auth,digest,httpbasic,basic_auth 2",
	"generate_password_hash,make_password,hash_password,hashpw,generatefrompassword 1",
	"login,authenticate,signin,loginas 0",
}

// callPlaces has the places of the passwords of each function.
var callPlaces = buildPlaces()

func buildPlaces() map[string][]int {
	table := map[string][]int{}
	for _, row := range placeRows {
		names, places, _ := strings.Cut(row, " ")
		for name := range strings.SplitSeq(names, ",") {
			for place := range strings.SplitSeq(places, ",") {
				table[name] = append(table[name], int(place[0]-'0'))
			}
		}
	}
	return table
}

// placeNames returns the names of the functions with a table of places.
func placeNames() (all []string) {
	for _, row := range placeRows {
		names, _, _ := strings.Cut(row, " ")
		for name := range strings.SplitSeq(names, ",") {
			if !strings.HasPrefix(name, "sp_") { // found after EXEC
				all = append(all, name)
			}
		}
	}
	return all
}

// procedure detects the passwords among the arguments of a stored procedure of SQL Server after
// EXEC: EXEC sp_addlogin 'user', 'X'.
func procedure(r *Reader, _, end int) int {
	start := text.RunEnd(r.Text, end, end+maxSpaces, text.Space)
	stop := text.RunEnd(r.Text, start, start+nameMax, text.KeyChars|text.Dot)
	start += strings.LastIndexByte(r.Text[start:stop], '.') + 1
	if text.HasFold(r.Text, start, "sp_") && r.Next(stop) == ' ' {
		return placedArgument(r, start, stop)
	}
	return 0
}

// placedArgument detects the arguments of a call that are passwords by their place. Those before
// need not be in quotes: connect(host, user, "X", database).
func placedArgument(r *Reader, start, end int) int {
	const most = 5
	t := r.Text
	if !hasPlaces(r, start, end) {
		return 0
	}
	places := lookUp(callPlaces, t[start:end])
	if len(places) == 0 {
		return 0
	}
	i := end + 1
	var last bounds
	for n := 1; n <= most; n++ {
		i = text.RunEnd(t, i, i+nameMax, text.Space)
		b := valueAt(r, wrappedStart(r, i), Bare)
		if n == 1 && b.style == Quoted && places[0] == 0 {
			return 0
		}
		last = b
		if n == 1 && places[0] == 3 && b.style == Quoted {
			userPassword(r, argument{b}, "/@") // connect("user/X@host/service")
		}
		for _, place := range places {
			if n == place && b.style == Quoted && b.end-b.start < 2*nameMax && !hasSpacedWords(t[b.start:b.end]) {
				r.judge(Password, LinkCall, b)
			}
		}
		i = argumentEnd(r, i, b)
		if r.Next(i) != ',' {
			break
		}
		i++
	}
	if isHeader := isWords(t[last.start:last.end]) && strings.IndexByte(t[last.start:last.end], '-') > 0; !isHeader && places[0] == 0 && last.style == Quoted && r.Next(i) == ')' && last.end-last.start < 2*nameMax && !hasSpacedWords(t[last.start:last.end]) {
		r.judge(Password, LinkCall, last)
	}
	return 0
}

// argumentEnd returns the comma or the bracket after an argument at i.
func argumentEnd(r *Reader, i int, b bounds) int {
	t := r.Text
	if b.style == Quoted {
		for i = b.end; i < min(len(t), b.end+maxBackslashes) && t[i] == '\\'; i++ {
		}
		return text.RunEnd(t, i+1, i+1+maxSpaces, text.Space)
	}
	depth := 0
	for limit := min(len(t), i+2*nameMax); i < limit; i++ {
		switch c := t[i]; {
		case c == '(' || c == '[':
			depth++
		case (c == ')' || c == ']') && depth > 0:
			depth--
		case (c == ',' || c == ')') && depth == 0, c == '\n', c == ';':
			return i
		}
	}
	return i
}

// hasPlaces reports whether the word [start, end) is a call of one of the functions.
func hasPlaces(r *Reader, start, end int) bool {
	t := r.Text
	isMethod := r.Previous(start) == '.'
	before := t[max(0, start-nameMax):start]
	before = before[strings.LastIndexByte(before, ';')+1:]
	switch word := t[start:end]; {
	case text.HasFold(word, 0, "sp_"):
		return true
	case text.EqualFold(word, "protect"), text.EqualFold(word, "unprotect"):
		return isMethod && text.Is(t[start], text.Upper) && (r.Next(end) == '(' || text.Is(r.Next(end+1), text.Quote) || r.Next(end+1) == '\\')
	case r.Next(end) != '(':
		return false
	case text.EqualFold(word, "basic"), text.EqualFold(word, "digest"):
		return isMethod && hasWordBefore(before, "auth", "credential", "preemptive", "challenge")
	case text.EqualFold(word, "auth"):
		return isMethod && (hasWordBefore(before, "db.", "db(") || hasWordBefore(before, "database."))
	case text.EqualFold(word, "connect"):
		return isMethod && hasWordBefore(before[max(0, len(before)-16):], "sql", "maria", "psycopg", "oracle", "cx_")
	}
	return true
}

// hasSpacedWords reports whether a value is several words without a digit, as in a message.
func hasSpacedWords(value string) bool {
	return strings.IndexByte(value, ' ') >= 0 && !text.HasAnyDigit(value)
}

// wrappedValue returns where the quotes are in the call of a wrapper at i, after await or without.
func wrappedValue(r *Reader, i int) int {
	end := text.RunEnd(r.Text, i, i+nameMax/2, text.KeyChars|text.Dot|text.Colon)
	if r.Next(end) == '(' && text.Is(r.Next(end+1), text.Quote) && inSet(wrappers, r.Text[i:end]) {
		return end + 1
	}
	if strings.HasPrefix(r.Text[i:], "await ") {
		next := i + len("await ")
		if at := wrappedStart(r, next); at > next {
			return at
		}
	}
	return wrappedStart(r, i)
}

// setsMember reports whether the quotes that open at i hold the second argument of a call that sets
// a member: set("section", "password", "X").
func setsMember(r *Reader, i int) bool {
	before := strings.TrimRight(r.Text[max(0, i-2*nameMax):i], " ")
	open := strings.LastIndexByte(before, '(')
	if open < 3 || !strings.HasSuffix(before, ",") || strings.Count(before[open:], ",") != 1 {
		return false
	}
	return hasWordBefore(before[text.RunStart(before, open, open-nameMax, text.KeyChars):open], "set", "put", "write")
}
