package secret

import (
	"strings"

	"github.com/cowork-otel/collector/internal/pii/internal/text"
	"github.com/cowork-otel/collector/internal/pii/internal/token"
)

// A Kind is what a noun names. Those with a greater number need less of a value.
type Kind uint8

// The kinds of nouns.
const (
	None     Kind = iota
	PlainKey      // a key of anything
	Session       // a session or a cookie
	Key           // the key of some service, a signature
	Code          // a PIN or a one-time code
	Token         // a token, an API key, a secret
	Password      // a password, which can be any text
	kindCount
)

// nouns are the names of secrets, their words put together in small letters and without
// letters beyond ASCII.
var nouns = nounTable(map[Kind]string{
	Password: `password passwords passwd passwrd pwd psw pass passphrase passphrases passcode passkey pw pswd
		userpass remotepass bindpass ldappass proxypass secretdata dbpass smtppass mailpass ftppass sshpass adminpass rootpass authpass mysqlpass redispass keycontent keymaterial schluesselinhalt schlsselinhalt contenudelacl contenudelacle initialpasswort startpasswort einmalpasswort masterpasswort adminpasswort wlanpasswort benutzerpasswort initialpassword temppassword temporarypassword masterpassword stdinpass passin passout storepass
		keypass srcstorepass deststorepass srckeypass destkeypass newpass oldpass bindpw adminpw rootpw dbpw userpw psk
		requirepass masterauth authtok loginpas loginpw assword upw opw ownerpw isakmpkey tacacskey radiuskey tacacsserverkey ipseckey prekey snmpcommunity servercommunity userpassword rootpassword wifipassword networkkey wifikey wlankey presharedkey securityanswer secretanswer
		passwort passwoerter kennwort losungswort zugangswort passwortes motdepasse motsdepasse mdp contrasena contrasea contrasenya
		clave claveacceso senha palavrapasse palavrachave wachtwoord haslo haso hasla hasa parola parole parool losenord lsenord losen
		adgangskode kodeord passord salasana jelszo jelsz heslo hesla geslo lozinka sifre ifre sifresi ifresi slaptazodis slaptaodis
		katasandi sandi katalaluan laluan lykilor matkhau mtkhu sifra ifra`,
	Token: `secret secrets token tokens credential credentials cred creds auth authorization bearer jwt apikey apikeys accesskey
		secretkey privatekey authkey encryptionkey decryptionkey signingkey masterkey accountkey sharedkey licensekey subscriptionkey
		servicekey clientkey deploykey apisecret appsecret authtoken sessiontoken csrftoken sessioncookie secretaccesskey sharedaccesskey
		sharedaccesssignature streamkey pepper pat sessid phpsessid jsessionid jwttoken seckey privkey hmackey aeskey cryptokey
		webhooksecret clientsecret consumersecret authbasic basicauth connectionkey sealkey unsealkey unsealkeys apitoken accesstoken bottoken
		refreshtoken idtoken 2faseed totpseed otpseed totpsecret otpsecret mfaseed mfasecret 2fasecret oauthtoken personalaccesstoken authcode authorizationcode connectionsecret appkey applicationkey
		secretstring secretvalue samlresponse samlassertion integrationkey writekey ingestkey gossipkey bootstraptoken jointoken roottoken invitetoken resettoken
		apischluessel apischlssel zugriffstoken zugangstoken geheimnis clientgeheimnis cleapi clapi jetonapi jeton claveapi chaveapi chavedeapi
		clavesecreta chavesecreta segreto secreto segredo chiaveapi apisleutel apinyckel apinckel apinokkel apinoegle apingle apiavain
		kluczapi apiklic apikli apikulcs apianahtar apianahtari cheieapi kunciapi tokenakses tokendeacceso tokendacces jetondacces`,
	Code: `pin pins digitcode pincode pinnumber otp otps totp cvv cvv2 cvc cvc2 csc verificationcode securitycode mfacode otpcode totpcode hotpcode emailcode verifycode resetcode 2facode twofactorcode
		onetimecode onetimepin onetimepassword smscode confirmationcode logincode accesscode unlockcode activationcode authenticationcode
		doorcode gatecode alarmcode entrycode tan tancode smstan einmalpin puk cardpin passpin signincode
		bestaetigungscode besttigungscode sicherheitscode geheimzahl einmalcode wiederherstellungscode wiederherstellungscodes
		codepin codigopin codigodeverificacion cdigodeverificacin codedeverification codedevrification codesecret codigoverificacao
		pinkod pinkode pinkoodi kodpin kodzik codicepin engangskode engngskod scratchcode scratchcodes backupcode backupcodes recoverycode recoverycodes recoverykey`,
	Key:     `key keys sig signature salt schluessel schlssel sleutel cle clef llave chave chiave nyckel nkkel avain klucz klic anahtar`,
	Session: `sid sessionid rememberme remembertoken sessionkey session connectsid cookie`,
})

// nounEndings name a secret also at the end of a longer word, as in PGPASSWORD.
var nounEndings = []string{
	"password", "passwd", "passwort", "kennwort", "pwd", "passphrase", "secret", "token", "apikey", "accesskey", "secretkey", "key",
}

// qualifiers may follow a noun without a change of what it names.
var qualifiers = wordSet(`value string str text raw plain plaintext prod production dev test staging live new old current default env
	base64 b64 header base primary secondary temp temporary initial`)

// harmless are words before a key, a token or a code that is no secret.
var harmless = wordSet(`gpg pgp public pub cache primary foreign partition sort bucket page next continuation max min num pad eos bos unk sep cls
	mask special stop idempotency object row dict map lookup index sync resume hot registry translation label field react group dedupe
	dedup no input output host sha sha1 sha256 sha512 md5 hash digest metadata pagination marker checksum commit integrity git
	status error exit response country zip postal area language currency source char color colour product article http reason
	total prompt completion cached context count counts budget used remaining limit per shortcut hot arrow tab escape
	partition routing message event state feature config i18n locale type grade dress qr bar hs swift lang cancel previous
	begin end start first last schema recv receive invalid missing expired unknown`)

func nounTable(lists map[Kind]string) map[string]Kind {
	table := map[string]Kind{}
	for kind, list := range lists {
		for word := range strings.FieldsSeq(list) {
			table[word] = kind
		}
	}
	return table
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// inSet reports whether a set has a word, in any case.
func inSet(set map[string]bool, word string) bool { return lookUp(set, word) }

// lookUp returns the value of a word in any case, the zero value if it has none.
func lookUp[V any](table map[string]V, word string) (none V) {
	var buf [32]byte
	if len(word) > len(buf) {
		return none
	}
	for i := range len(word) {
		buf[i] = text.ToLower(word[i])
	}
	return table[string(buf[:len(word)])]
}

// The bounds of a name, in bytes and in words.
const (
	nameMax  = 64
	wordsMax = nameMax / 2
)

// A name is the words of an identifier such as AWS_SECRET_ACCESS_KEY, apiKey or "api key",
// in small letters and without what separates them.
type name struct {
	text  [nameMax]byte
	ends  [wordsMax]uint8
	words int
}

// nameOf splits the end of an identifier into words. Digits at its end do not count.
func nameOf(ident string) (n name) {
	for len(ident) > 0 && !text.Is(ident[len(ident)-1], text.Letter) {
		ident = ident[:len(ident)-1]
	}
	ident = ident[max(0, len(ident)-nameMax):]
	size := 0
	for i := 0; i < len(ident) && n.words < wordsMax; {
		if !text.Is(ident[i], text.Alnum) {
			i++
			continue
		}
		first := i
		for i++; i < len(ident) && text.Is(ident[i], text.Alnum|text.Foreign) && !startsNameWord(ident, i); i++ {
		}
		for ; first < i; first++ {
			if c := ident[first]; text.Is(c, text.Alnum) {
				n.text[size] = text.ToLower(c)
				size++
			}
		}
		n.ends[n.words] = uint8(size)
		n.words++
	}
	return n
}

// startsNameWord reports whether a capital at i starts a word: apiKey, APIKey.
func startsNameWord(ident string, i int) bool {
	return text.Is(ident[i], text.Upper) &&
		(text.Is(ident[i-1], text.Lower) || i+1 < len(ident) && text.Is(ident[i+1], text.Lower) && text.Is(ident[i-1], text.Upper))
}

// lastWords returns k words up to the word end, as one.
func (n *name) lastWords(k, end int) []byte {
	from := uint8(0)
	if end > k {
		from = n.ends[end-k-1]
	}
	return n.text[from:n.ends[end-1]]
}

// KindOf returns what an identifier or a short label that ends with a noun names.
func KindOf(ident string) Kind {
	for len(ident) > 0 && !text.Is(ident[len(ident)-1], text.Letter|text.Foreign) {
		ident = ident[:len(ident)-1]
	}
	if len(ident) < 2 {
		return None
	}
	if kind := foreignKind(ident); kind != None {
		return kind
	}
	if !NounNames.EndsName(ident, len(ident)) && (ident[len(ident)-1] != 's' || !NounNames.EndsName(ident, len(ident)-1)) {
		return None
	}
	if mayNameSecret(ident) {
		if kind := kindOfWords(ident); kind != None {
			return kind
		}
	}
	if ident[len(ident)-1] == 's' && mayNameSecret(ident[:len(ident)-1]) {
		return kindOfWords(ident[:len(ident)-1]) // the plural: HMAC keys
	}
	return None
}

// kindOfWords returns what the words of an identifier name.
func kindOfWords(ident string) Kind {
	n := nameOf(ident)
	end := n.words
	for end > 1 && lexicon.find(n.lastWords(1, end)).qualifies {
		end--
	}
	if end == 0 {
		return None
	}
	return n.kindOfLast(end)
}

// isSignature reports whether a word is that of a signature rather than of some key.
func isSignature(word []byte) bool { return len(word) > 2 && string(word[:3]) == "sig" }

// kindOfLast returns what the noun that ends with the word end names.
func (n *name) kindOfLast(end int) Kind {
	found, size := None, 1
	for k := 1; k <= min(4, end); k++ {
		if kind := lexicon.find(n.lastWords(k, end)).kind; kind != None && (kind >= found || k > 1) {
			found, size = kind, k
		}
	}
	if found == None {
		found = kindOfEnding(n.lastWords(1, end))
	}
	if found != None && n.isPublic(end) {
		return None
	}
	if found == Password || found == None {
		return found
	}
	if found == Key && end == size && !isSignature(n.lastWords(1, end)) {
		found = PlainKey
	}
	for k := max(0, end-4); k < end; k++ {
		word := n.lastWords(1, k+1)
		if k < end-size+1 && lexicon.find(word).isHarmless {
			return None
		}
		if found == Key && token.IsVendor(word) {
			found = Token
		}
	}
	return found
}

// kindOfEnding returns what a word that ends with a noun names.
func kindOfEnding(word []byte) Kind {
	if len(word) < 3 || strings.IndexByte("dtenyv", word[len(word)-1]) < 0 { // the last letters of the endings
		return None
	}
	for _, ending := range nounEndings {
		if n := len(word) - len(ending); n >= 0 && string(word[n:]) == ending {
			return nouns[ending]
		}
	}
	return None
}
