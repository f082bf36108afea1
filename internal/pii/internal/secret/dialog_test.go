package secret

import "testing"

func TestDialogs(t *testing.T) {
	checkRows(t, LinkCommand,
		`A002 LOGIN "ops" "«heron latch 42»"`, "a1 LOGIN ops «heronlatch»⏎a1 OK", `+ login 'ops' '«Mosspond'\''204»'`,
		"USER ops⏎331 Password required⏎PASS «Mosspond#204»⏎230 ok", "+OK⏎PASS «heronlatch»⏎+OK", "PASS «Mosspond#204»⏎NICK ops", "SEND: user ops / pass «Mosspond#204»",
		"AUTH «9Heron_latch»", "ACL SETUSER ops on >«heronlatch» ~x +@read", `x : EAP "«Mosspond#204»"`, `: RSA key.pem "«Mosspond#204»"`, "tool USERID=ops/«Mosspond#204»@db x=y",
	)
	checkRows(t, LinkCall, "x.login args:('ops', '«Mosspond#204»') kwargs:{}")
	checkRows(t, LinkInput, "chpasswd:⏎  list: |⏎    root:«Mosspond#204»⏎    ops:«heronlatch»⏎  expire: false⏎a: Heron204x", "chpasswd:⏎  list:⏎    - root:«Mosspond#204»")
	checkFound(t, "AUTH PLAIN «AGtpbQBDb3ZlX0xhbXA5»", "AUTH LOGIN a2lt «AGtpbQBDb3ZlX0xhbXA5»", "2 AUTHENTICATE PLAIN «AGtpbQBDb3ZlX0xhbXA5»", "334 UGFzc3dvcmQ6⏎«RnVyemUtUXVheTg=»⏎235", "334 UGFzc3dvcmQ6⏎C: «RnVyemUtUXVheTg=»⏎235")
	checkNone(t,
		"--- PASS: TestHeron204x", "PASS src/heron204.ts", "USER ops⏎331 x⏎PASS ****", "users must pass heron204x", "a1 LOGIN failed heron204x now", "LOGIN heron204x", "login 'ops'", "login ", `login "`,
		"AUTH LOGIN PLAIN", "AUTH required", "AUTH", "AUTH ", "334 UGFzc3dvcmQ6", "334 UGFzc3dvcmQ6⏎x", "SETUSER ops +x", "SETUSER ", ": RSA", "EAP heron204x", "USERID=a/b/c204", "USERID=", "chpasswd:", "chpasswd:⏎", "chpasswd:⏎  a: b204x",
	)
}

func TestCookieFiles(t *testing.T) {
	checkRows(t, LinkCookie, "# Netscape⏎x.com\tFALSE\t/\tTRUE\t1790000000\tsessionid\t«dxaqbc804dk8i2qetxf8nn6a»⏎")
	checkNone(t, "x\tTRUE\t/\tFALSE\t1790000000\tlang\ten", "a\tTRUE\tFALSE\t12", "a\tTRUE\t", "a\tTRUE\t1\t", "a\tTRUE\t1\tb\t")
}

func TestPaths(t *testing.T) {
	checkRows(t, LinkPath, "/hooks/1487200889/«pZ9w_Lk3vQ8sYd4m-Tx2Rb7N»", "/verify-email/MTQ/«ckx7q2-9f3b6d0a4e81c5»/", "https://x/services/9VF477GA5/EKW9PUWHU/«QopVjF7umYSaayZcW0FJR2r9»", "/ical/private-«9f3b6d0a4e81c57d793037a076018657»/a.ics")
	checkNone(t, "/hooks/list/deploy-production-frontend", "/hooks/", "/hooks/204", "/services/users/42/report-2026-01-04-final", "origin private-feature-branch-204", "/private-")
}
