package detect

import "strings"

// A contextWord is a word, in small letters, and its contexts.
type contextWord struct {
	word    string
	context Context
}

// contextWords has the context words by their first letter.
var contextWords = indexContextWords(map[Context]string{
	PhoneContext: `mobilephone homephone workphone phone phones telephone telephones telefon telefone telefono telefoon telefonu telefonas tel telf tlf fono ph
		phonenumber telephonenumber telefonnummer telefonnr telefonisch rufnummer handy handynummer mobil mobile mobiles
		mobilnummer mobiltelefon cellphone cellulare celular movil gsm mob msisdn puhelin puh fax sms whatsapp hotline
		landline voicemail anrufen erreichbar`,
	CallContext: `call calling called caller callee dial reach answering office cell callback cel whats signal ext tty ring rang ruf rufen
		erreichen appelle appelez appeler portable joindre bel bellen bereikbaar llamar llama llame chiamare chiami ligar
		ligue`,
	GreetingContext: `regards cheers sincerely yours thanks saludos cordialement gruss gruesse mvh hilsen groet groeten saluti
		atenciosamente abrazo merci danke bedankt obrigado obrigada pozdrawiam sinceramente cordialmente`,
	NumberContext:         `number nummer numero nr no contact kontakt contacto contatto num`,
	SocialSecurityContext: `ssn social taxpayer itin`,
	CardContext: `karte kreditkarte kreditkartennummer carte tarjeta cartao carta kart kartu kort kreditkort creditcard
		cardnumber unionpay jcb card cards cc credit debit visa mastercard maestro amex pan`,
	IBANContext: `iban account konto kontonummer rekening rekeningnummer overmaken overboeken bankverbindung beneficiary payee`,
	IdentifierContext: `catalogue catalog article artikel aktenzeichen model modell models ticket sku serial thread conversation message id ids uuid guid trace span session order orders request req invoice tracking transaction txn timestamp
		ts epoch ns nanos millis ms micros nonce seq sequence serial sku ean isbn upc imei iccid snowflake offset commit
		job pid tid ref reference correlation batch hash checksum crc row rowid oid`,
	ListContext: `line lines row rows rowids col cols column columns page pages count counts total bytes byte size sizes length
		width height ports port offset offsets range ranges between serial ttl lat lon lng latitude longitude alt index
		indices step steps epoch epochs loss score scores px rgb hex kb mb gb bits limit sites part parts section figure
		table chapter volume pp vol loc lines sloc tokens items entries records version isbn
		widths heights sizes breakpoint breakpoints viewport viewports resolution resolutions baud bauds baudrate dpi
		frame frames chunk chunks block blocks sector sectors packet packets sample samples batches`,
	AddressContext: `ip ips ipv inet addr addrs address addresses adresse host hosts hostname server servers dns nameserver
		nameservers resolver resolvers ping pinged ssh scp rsync telnet curl wget nmap nc dig nslookup traceroute gateway
		subnet subnets cidr network networks netmask route routes router client clients remote peer peers bind listen
		listening endpoint endpoints proxy upstream port ports connect connected connecting connection lookup
		firewall src dst interface vpn whitelist allowlist blocklist blocked login forwarded tcp udp`,
	VersionContext: `clause clauses paragraph paragraphs requirement requirements chapters subsections firmware bios driver netcore runtime framework kernel subsection appendix version versions
		ver v release revision build section sections chapter assembly chrome chromium firefox electron oid tag
		versionadded versionchanged rfc`,
	UpdateContext: `pip pipx npm nuget pin pinned pins requires restored upgrade upgraded upgrades upgrading update updated updates updating patch patched bump bumped bumps
		bumping downgrade downgraded`,
})

func indexContextWords(lists map[Context]string) (t [26][]contextWord) {
	all := map[string]Context{}
	for context, list := range lists {
		for word := range strings.FieldsSeq(list) {
			all[word] |= context
		}
	}
	for word, context := range all {
		letter := word[0] - 'a'
		t[letter] = append(t[letter], contextWord{word, context})
	}
	return t
}

// foreignContextWords are the context words, or parts of them, with letters beyond ASCII.
var foreignContextWords = []contextWord{
	{"Grüße", GreetingContext},
	{"grüße", GreetingContext},
	{"Gruß", GreetingContext},
	{"hälsningar", GreetingContext},
	{"ückruf", PhoneContext},
	{"éléphone", PhoneContext},
	{"móvil", PhoneContext},
	{"電話", PhoneContext},
	{"电话", PhoneContext},
	{"手机", PhoneContext},
	{"手機", PhoneContext},
	{"携帯", PhoneContext},
	{"联系", PhoneContext},
	{"전화", PhoneContext},
	{"연락처", PhoneContext},
	{"휴대", PhoneContext},
	{"елефон", PhoneContext},
	{"тел", PhoneContext},
	{"звон", PhoneContext},
	{"τηλ", PhoneContext},
	{"هاتف", PhoneContext},
	{"جوال", PhoneContext},
	{"טלפון", PhoneContext},
	{"फ़ोन", PhoneContext},
	{"फोन", PhoneContext},
	{"โทร", PhoneContext},
	{"カード", CardContext},
	{"卡", CardContext},
	{"карт", CardContext},
}
