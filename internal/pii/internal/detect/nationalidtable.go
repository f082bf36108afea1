package detect

// This file holds the table of personal numbers of countries.

// A nationalID is a kind of personal number that a state or a health service gives out.
type nationalID struct {
	// labels are the words that name it, in small letters. The first has three letters at least.
	labels string
	// forms are its layouts: 0 is a digit, A a letter, * either, and a space an optional
	// separator. Other bytes are literal.
	forms string
	// check reports whether the checksum of a number is right, nil if it has none. It gets the letters and
	// digits, the letters in capitals.
	check func(id []byte) bool
	// isValid reports whether a number of one of the forms can be given out at all, nil if every one can.
	isValid func(id []byte) bool
	// isWord is true where a label is also a word of a language or of code. In small letters it counts
	// only with the checksum.
	isWord bool
}

// nationalIDs are the personal numbers. A row has the forms of one of its labels' numbers; a label
// may have several rows.
var nationalIDs = []nationalID{
	{labels: "national insurance|national-insurance|nino", forms: "AA 00 00 00 A|AA 000000 A|AA 00 00 00", isValid: isNINumber},
	{labels: "nhs", forms: "000 000 0000", check: isNHSNumber},
	{labels: "cpf|cadastro de pessoas", forms: "000 000 000 00", check: isCPF},
	{labels: "cnpj", forms: "00 000 000 0000 00", check: isCNPJ},
	{labels: "aadhaar|aadhar|adhaar|uidai|आधार", forms: "0000 0000 0000", check: isVerhoeff},
	{labels: "pan|permanent account", forms: "AAAAA0000A", check: isPAN, isWord: true},
	{labels: "ahv|avs|navs|ahvn", forms: "756 0000 0000 00", check: isEAN13},
	{labels: "social insurance|sin|assurance sociale", forms: "000 000 000", check: isLuhn, isWord: true},
	{labels: "bsn|burgerservicenummer|sofinummer", forms: "000 000 000|0000 00 000|00000000", check: isBSN},
	{
		labels: "nir|insee|sécurité sociale|securite sociale",
		forms:  "0 00 00 0* 000 000 00|0 00 00 0* 000 000", check: isNIR, isValid: isNIRForm,
	},
	{labels: "dni", forms: "00 000 000 A|00 000 000|0 000 000 A", check: isDNI, isWord: true},
	{labels: "nif", forms: "00 000 000 A|000 000 000", check: isNIF},
	{labels: "nie", forms: "A 0000000 A|A 0 000 000 A", check: isNIE, isValid: isNIEForm},
	{labels: "codicefiscale|codfiscale|fiscale|fisc", forms: "AAA AAA 00 A00 A000 A", check: isCodiceFiscale},
	{
		labels: "steuer-id|steuer id|steueridentifikationsnummer|identifikationsnummer|idnr|steueridnr|tax id",
		forms:  "00 000 000 000", check: isSteuerID,
	},
	{labels: "rentenversicherungsnummer|sozialversicherungsnummer|rvnr|svnr", forms: "00 000000 A 000|0000 000000"},
	{labels: "pesel", forms: "000000 00000", check: isPESEL},
	{labels: "personnummer|personnr|samordningsnummer|personal identity|henkilötunnus", forms: "000000 0000|00000000 0000|000000+0000|00000000+0000|000000 00000", check: isPersonnummer},
	{labels: "hetu|henkilotunnus|henkilötunnus|sosiaaliturvatunnus", forms: "000000 000*|000000A000*|000000+000*", check: isHETU},
	{labels: "fødselsnummer|fodselsnummer|fødselsnr", forms: "000000 00000"},
	{labels: "cpr|cprnr", forms: "000000 0000", isWord: true, check: isDateFirst},
	{labels: "kennitala", forms: "000000 0000"},
	{labels: "tfn|tax file", forms: "000 000 000|000 000 00|00 000 000", check: isTFN},
	{labels: "medicare", forms: "0000 00000 0"},
	{labels: "rijksregisternummer|insz|niss|numéro national|numero national|registre national", forms: "00 00 00 000 00", check: isBelgian},
	{labels: "pps|ppsn", forms: "0000000A|0000000AA", isWord: true, check: isPPSN},
	{labels: "amka", forms: "00000000000", check: isLuhn},
	{labels: "egn|егн", forms: "0000000000"},
	{labels: "cnp", forms: "0000000000000", isWord: true, check: isCNP},
	{labels: "oib", forms: "00000000000"},
	{labels: "jmbg|emso|emšo", forms: "0000000000000"},
	{labels: "rodné číslo|rodne cislo|rodného čísla", forms: "000000 0000|000000 000|000000/0000|000000/000"},
	{labels: "kimlik|tckn", forms: "00000000000"},
	{labels: "teudat zehut|תעודת זהות", forms: "00000000 0"},
	{labels: "curp", forms: "AAAA000000AAAAAA**"},
	{labels: "rfc", forms: "AAAA 000000 ***"},
	{labels: "rut", forms: "00 000 000 *|0 000 000 *", check: isRUT, isWord: true},
	{labels: "cuil|cuit", forms: "00 00000000 0"},
	{labels: "cedula|cédula", forms: "0 000 000 000|00 000 000|000 0000000 0"},
	{labels: "nric|fin", forms: "A0000000A", check: isNRIC, isWord: true},
	{labels: "hkid", forms: "A000000 *|A000000(*)|AA000000(*)"},
	{labels: "身份证|身份證|resident identity|resident id|shenfenzheng", forms: "000000 00000000 000*"},
	{labels: "주민등록번호|주민번호|resident registration|rrn", forms: "000000 0000000"},
	{labels: "my number|マイナンバー|個人番号", forms: "0000 0000 0000"},
	{labels: "mykad|nombor kad", forms: "000000 00 0000"},
	{labels: "nik", forms: "0000000000000000", isWord: true},
	{labels: "снилс|snils", forms: "000 000 000 00|000-000-000 00"},
	{labels: "инн", forms: "000000000000"},
	{labels: "ein|fein", forms: "00-0000000", isWord: true, isValid: isEIN},
	{labels: "employer identification|federal tax id|tax id", forms: "00-0000000", isValid: isEIN},
	{
		labels: "driver license|drivers license|driver's license|driver licence|drivers licence|driver's licence|driving licence|driving license|führerschein|fuhrerschein|führerscheinnummer|permis de conduire|patente di guida|rijbewijs|rijbewijsnummer|permiso de conducir",
		forms:  "A0000000|A00000000|A000 0000 0000|A000000000000|AA000000|00000000|000000000|AAAAA000000AA0AA|AAAAA000000AA0AA00|*********|**********|***********", isValid: isLicence,
	},
	{labels: "itin", forms: "000 00 0000"},
	{
		labels: "passport|passeport|reisepass|passnummer|pasaporte|passaporto|paspoort|passaporte|паспорт|personalausweis|ausweisnummer|id card|identity card|carte d'identité",
		forms:  "A0000000A|A0000000|A00000000|AA000000|AA0000000|A000000|00000000|000000000|0000 000000|00 00 000000|00AA00000|A 0000000|AA 0000000|AAA000000|A00 00000|*********|**********", isValid: isPassport,
	},
}

// A bareID is a form that is found without a label: with its separators, and a checksum that few other
// numbers have.
type bareID struct {
	first byte // after the first digits, 0 for the end of the number
	form  string
	check func(id []byte) bool
}

// bareIDs are the forms by the number of their first digits.
var bareIDs = [20][]bareID{
	1:  {{' ', "0 00 00 0* 000 000 00", isNIR}},
	2:  {{'.', "00.000.000/0000-00", isCNPJ}, {'.', "00.00.00-000.00", isBelgian}},
	3:  {{'.', "000.000.000-00", isCPF}, {'.', "756.0000.0000.00", isEAN13}},
	6:  {{'-', "000000-000*", isHETU}},
	17: {{'X', "00000000000000000X", isResidentID}},
	18: {{0, "000000000000000000", isResidentID}},
}
