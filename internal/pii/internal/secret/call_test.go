package secret

import "testing"

func TestCalls(t *testing.T) {
	checkRows(t, LinkCall,
		`config.set("password", "«Mosspond#204»")`,
		`System.setProperty("API_KEY", "«4f9d2c7be1a85630»")`,
		`page.fill("#password", "«Mosspond#204»")`,
		`page.fill('input[name=password]', '«Mosspond#204»')`,
		`{\"cmd\": \"set(\\\"api_token\\\", \\\"«4f9d2c7be1a85630»\\\")\"}`,
	)
	checkNone(t,
		`["user", "password", "role"]`, `config.get("password", "")`, `print("password", "must be set")`, `expect("password", "a_b")`,
		`f("a", "Mosspond#204")`, `set("password", value)`,
	)
}

func TestLastArguments(t *testing.T) {
	checkRows(t, LinkCall,
		`client.setPassword("«Mosspond#204»")`,
		`new mysqli("db.example.com", "ops", "«Mosspond#204»")`,
		`new NetworkCredential("ops", "«heronlatch»")`,
		`builder.credentials(\"ops\", \"«Mosspond#204»\")`,
	)
	checkNone(t, `client.setPassword(password)`, `client.setPassword("password")`, `client.setToken(os.environ["T"])`, `credentials("a", "b", "c", "d", "Mosspond#204")`, `setPassword("")`)
}

func TestTyped(t *testing.T) {
	checkRows(t, LinkCall,
		`driver.find_element(By.ID, "password").send_keys("«Mosspond#204»")`,
		`page.getByLabel("Password").fill("«Mosspond#204»")`,
		`expect "Password:"⏎send "«Mosspond#204»\r"`,
		`expect "Password:"; send -- "«Mosspond#204»\n"`,
	)
	checkNone(t, `page.getByLabel("Search").fill("Mosspond#204")`, `page.getByLabel("Password").fill(password)`, `type "Mosspond#204"`)
}
