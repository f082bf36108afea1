package pii

import "strings"

// foreignNames are what a password is called in words with letters beyond ASCII, those
// with a capital without it.
var foreignNames = [...]string{
	"ароль", "ароля", "密码", "密碼", "口令", "パスワード", "暗証番号", "비밀번호", "암호",
	"hasło", "hasła", "şifre", "Şifre", "κωδικός", "סיסמה", "סיסמא", "كلمة المرور", "كلمة السر", "รหัสผ่าน", "पासवर्ड",
	"mật khẩu", "Mật khẩu", "lösen", "Lösen", "пасворд",
}

// foreignStrength says what a value is that follows the operator at i: a password if
// such a word stands before it, else nothing.
func (w *walk) foreignStrength(i int) strength {
	for limit := max(0, i-maxBetween); i > limit && beforeOperator[w.text[i-1]]; i-- {
	}
	const atEnd = 5 // bytes, one of which is none of ASCII's in each of the names
	var seen byte
	for k := max(0, i-atEnd); k < i; k++ {
		seen |= w.text[k]
	}
	if seen < 0x80 {
		return noSecret
	}
	for _, name := range foreignNames {
		if strings.HasSuffix(w.text[:i], name) {
			return passwordName
		}
	}
	return noSecret
}
