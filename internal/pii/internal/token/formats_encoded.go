package token

// encodedFormats are keys and tokens in base64: BEGIN … PRIVATE KEY, and the start of a JWT.
var encodedFormats = []Format{
	{"RSA private key in base64", "LS0tLS1CRUdJTiBSU0Eg", base64Body, 40, 0, nil},
	{"Private key in base64", "LS0tLS1CRUdJTiBQUklW", base64Body, 40, 0, nil},
	{"EC private key in base64", "LS0tLS1CRUdJTiBFQyBQ", base64Body, 40, 0, nil},
	{"OpenSSH private key in base64", "LS0tLS1CRUdJTiBPUEVO", base64Body, 40, 0, nil},
	{"DSA private key in base64", "LS0tLS1CRUdJTiBEU0Eg", base64Body, 40, 0, nil},
	{"Encrypted private key in base64", "LS0tLS1CRUdJTiBFTkNS", base64Body, 40, 0, nil},
	{"PGP private key in base64", "LS0tLS1CRUdJTiBQR1AgUFJJ", base64Body, 40, 0, nil},
	{"JWT in base64", "ZXlK", base64Body, 40, 0, randomKey},
}
