package detect

import "strings"

// A contextWord is a word, in small letters, and its context.
type contextWord struct {
	word    string
	context Context
}

// contextWords has the context words by their first letter.
var contextWords = indexContextWords(map[Context]string{
	PhoneContext: `phone phones telephone telefon tel mobile cell cellphone call calling called dial fax sms whatsapp hotline
		reach answering office phonenumber telephonenumber telefone telefono telefoon telefonnummer telefonu telefonnr
		telefonisch rufnummer handy handynummer mobil mobilnummer mobiltelefon rufen anrufen ruf erreichbar erreichen
		celular movil llamar llama llame appelle appelez appeler portable joindre gsm bel bellen bereikbaar cellulare
		chiamare chiami ligar ligue ring rang tlf mob msisdn cel telf fono puhelin telefonas whats signal callback
		voicemail mobiles landline ext tty`,
	NumberContext:         `number nummer numero nr no contact kontakt contacto contatto num`,
	SocialSecurityContext: `ssn social taxpayer itin`,
	CardContext: `karte kreditkarte kreditkartennummer carte tarjeta cartao carta kart kartu kort kreditkort creditcard
		cardnumber unionpay jcb card cards cc credit debit visa mastercard maestro amex pan`,
	IBANContext: `iban account`,
	VersionContext: `clause paragraph firmware bios driver netcore runtime framework kernel subsection appendix version versions
		ver v release revision build section chapter assembly chrome chromium firefox electron upgrade upgraded`,
})

func indexContextWords(lists map[Context]string) (t [26][]contextWord) {
	for context, list := range lists {
		for word := range strings.FieldsSeq(list) {
			letter := word[0] - 'a'
			t[letter] = append(t[letter], contextWord{word, context})
		}
	}
	return t
}

// foreignContextWords are the context words, or parts of them, with letters beyond ASCII.
var foreignContextWords = []contextWord{
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
