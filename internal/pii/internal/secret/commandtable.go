package secret

import (
	"slices"
	"strings"
)

// A command is a program with arguments that are secrets.
type command struct {
	words   [][]string // the alternatives of each word that must be among the arguments, in order
	options []option   // the arguments that are secrets
	reads   bool       // it reads a secret from its input
	needles []string   // texts of which one is among its arguments if one of them is a secret
}

// An option is an argument that is a secret.
type option struct {
	flag     string // the flag before it, "" for one by its place
	attached bool   // the flag and the secret may be one argument: -pX
	apart    bool   // the flag and the secret may be two: -p X
	place    int    // its place after the words, from 1, or from the end, from -1
	named    bool   // the argument before must be a noun
	part     string // what separates the user from the password in it
}

// commandRows has the commands: their names | the words that must be among their
// arguments | the arguments that are secrets. Alternatives have commas between them. An
// argument is
//
//	-p*  the rest of the argument, -pX       #2  the second after the words
//	-p=  the next argument, or -p=X          #-1 the last
//	-p+  either                              #N? only if the one before is named by a noun
//	!    the input                           k=v any value of key=value
//
// with the separator of user and password at the end, as in -u=: for -u user:password.
var commandRows = []string{
	"mysql,mysqldump,mysqladmin,mysqlimport,mysqlshow,mysqlcheck,mysqlpump,mysqlbinlog,mariadb,mariadb-dump,mariadb-admin,mycli||-p*",
	"sshpass||-p+",
	"psexec,psexec64,paexec,psexec.py,mongo,mongosh,mongodump,mongorestore,mongoexport,mongoimport,cqlsh,beeline,rdesktop,smbmap,evil-winrm,ipmitool,racadm,hydra,ncftp,vncdo,tibcmd||-p=",
	"crackmapexec,netexec,nxc,impala-shell,hdbsql,isql-fb,bteq,dbaccess,doveadm,cockpit,mosquitto_passwd||-p=",
	"mosquitto_pub,mosquitto_sub,sqlcmd,bcp,osql,tsql,ipmitool||-P+",
	"signtool,certutil,makecert||/p= -p=",
	"steamcmd|+login|#2",
	"redis-cli,valkey-cli|auth|#-1",
	"redis-cli,valkey-cli|setuser|#any>",
	"radtest||#2 #-1",
	"ntp,ntp-server|authentication-key|#-1",
	"impacket-psexec,impacket-wmiexec,impacket-smbexec,impacket-secretsdump,psexec.py,wmiexec.py,smbexec.py,secretsdump.py,getuserspns.py||#any@",
	"unzip,zip,zipinfo,zipcloak||-P+",
	"set,setx,setenv||#2?",
	"7z,7za,7zz,7zr,7z.exe||-p*",
	"unrar,rar||-p* -hp*",
	"redis-cli,valkey-cli||-a=",
	"ldapsearch,ldapmodify,ldapadd,ldapdelete,ldapwhoami,ldappasswd,ldapcompare||-w= -s= -a=",
	"ssh-keygen||-N= -P=",
	"openssl||-k=",
	"openssl|passwd|#-1",
	"htpasswd|-b,-nb,-bn,-cb,-bc,-bB,-Bb,-nbB,-nBb,-bnB,-bBn,-Bbn,-Bnb,-cbB,-cBb,-bcB,-Bbc,-mb,-bm,-sb,-bs,-ib,-nbm,-bcm,-bBC,-nbBC,-BbC|#-1",
	"smbclient,rpcclient,winexe,wmic,net,nmblookup,smbget,smbcacls||-U=% --user=%",
	"wbinfo||-a=% --authenticate=%",
	"rabbitmqctl,rabbitmqadmin|add_user,change_password,authenticate_user|#2",
	"net,net.exe,net1|user|#2",
	"net,net.exe|use|#share",
	"cmdkey,wmic,sc,sc.exe||/pass:* /password:* password==",
	"schtasks,schtasks.exe||/rp= /p=",
	"xfreerdp,xfreerdp3,wfreerdp,freerdp||/p:*",
	"lftp,open,smbget||-u=,",
	"curl,curlie||-u=: --user=: -U=: --proxy-user=: --pass=",
	"http,https,httpie,xh||-a=: --auth=:",
	"sqlplus,sqlldr,expdp,impdp,exp,imp,rman,sqlcl,sql,tnsping,datapump,exp64||#any/",
	"docker,podman,nerdctl,buildah,skopeo,helm,oras,crane,az,cf,oc,regctl,ctr,ibmcloud,tkn,argocd,databricks,conan|login,auth|-p=",
	"cf|auth|#2",
	"vault,bao|login,unseal|#1",
	"vault,bao|kv,write|k=v",
	"snyk,railway,ngrok,infracost,hcloud|auth,login,authtoken,add-authtoken|#-1",
	"gh,glab|secret,variable|-b= --body= !",
	"glab,gh,conjur,akeyless|variable set,update|#2? -v= --value=",
	"akeyless,doppler,infisical|create-secret,set-item-value,update-secret-val|--value=",
	"bundle,composer,pip|config|#2:",
	"aws|put-parameter|--value=",
	"aws|create-secret,put-secret-value,update-secret|--secret-string=",
	"aws|configure set|#2?",
	"aws|create-login-profile,update-login-profile,create-user,change-password,admin-set-user-password,create-db-instance,modify-db-instance|--password= --new-password= --master-user-password=",
	"az|keyvault secret set|--value=",
	"az|config,functionapp,webapp|k=v?",
	"gcloud|secrets|!",
	"kubectl,oc,k3s,microk8s|secret|--from-literal=k=v --docker-password=",
	"etcdctl||--user=: --password=",
	"etcdctl,redis-cli,zkcli|put,set|#2?",
	"consul|kv put|#2?",
	"npm,yarn,pnpm,git,pip,poetry,composer,bundle,conda,gem,twine,cargo|config|#-1?",
	"poetry|config http-basic|#3",
	"composer,bundle|http-basic*|#2",
	"security|add-generic-password,add-internet-password,unlock-keychain,create-keychain,set-key-partition-list|-w= -p= -k=",
	"keychain,keyring,pass,secret-tool,gopass,kwallet-query|set,insert,store,add|!",
	"nmcli,iwctl,netsh,nmtui||password= key= wifi-sec.psk= psk= 802-11-wireless-security.psk=",
	"wpa_passphrase||#2",
	"networksetup|-setairportnetwork|#-1",
	"plink,pscp,psftp,putty,kitty||-pw=",
	"ansible-vault|encrypt_string|#1",
	"rclone|obscure|#1",
	"rclone|config|#-1?",
	"mkpasswd,makepasswd,cryptpw||#1",
	"slappasswd||-s=",
	"snmp-server|community|#1",
	"tacacs-server,radius-server|key|#1",
	"username,enable|password,secret|#1",
	"crypto|isakmp key|#1",
	"neighbor,ip,ppp,standby|password,authentication-key|#1",
	"key-string||#1",
	"useradd,usermod,adduser,pure-pw,ipa||-p=",
	"iscsiadm||-v=",
	"snmpwalk,snmpget,snmpset,snmpbulkwalk,snmptrap||-A= -X= -c=",
	"qpdf|--encrypt|#1 #2",
	"pdftk||user_pw= owner_pw= input_pw=",
	"chamber,ssm,teller,credstash,berglas|write,put,create,edit|#-1",
	"fly,flyctl,heroku,supabase,doppler,vercel,netlify,convex,eas,stackblitz|secrets,secret,config:set,env:set|k=v",
	"netlify,convex,eas|env:set,env|#-1?",
	"pulumi|config set --secret|#-1 !",
	"pulumi|config set|#2?",
	"wrangler,vercel,firebase,docker,podman,eas,flyctl,railway,amplify|secret,secrets,env,functions:secrets:set,add|!",
	"gpg,gpg2|--passphrase-fd,--batch|!",
	"openssl|-passin,-passout,-pass,enc,rsautl|!",
	"sudo,doas|-S,-kS,-Sk,-SE|!",
	"passwd||!",
	"chpasswd,newusers||!:",
	"smbpasswd|-s|!",
	"saslpasswd2|-p|!",
	"cryptsetup,kinit,veracrypt,zfs,ecryptfs-add-passphrase,vncpasswd,keepassxc-cli,ansible-vault,bw,op,su,ssh-add,ykman||!",
	"convertto-securestring||#1",
	"caddy|hash-password|--plaintext=",
	"bitcoin-cli,lncli,dogecoin-cli|walletpassphrase,encryptwallet|#1",
	"authelia,argon2,bcrypt-tool||#1",
	"winscp,winscp.com,filezilla,mstsc,tscon||/password= -password= /password:*",
}

// stdinFlags are flags of any command that reads a secret from its input.
var stdinFlags = []string{
	"--password-stdin", "--pass-stdin", "--with-token", "--token-stdin", "--passphrase-fd", "--stdin", "--from-stdin",
	"--passwordstdin", "--api-key-stdin", "--key-stdin", "--pinentry-mode", "--password-fd", "--secret-stdin", "--value-stdin",
}

// commandTable has the commands by name.
var commandTable = buildCommands()

func buildCommands() map[string][]command {
	table := map[string][]command{}
	for _, row := range commandRows {
		parts := strings.SplitN(row, "|", 3)
		c := command{}
		for word := range strings.FieldsSeq(parts[1]) {
			c.words = append(c.words, strings.Split(word, ","))
		}
		for spec := range strings.FieldsSeq(parts[2]) {
			if strings.HasPrefix(spec, "!") {
				c.reads = true
				if part := spec[1:]; part != "" {
					c.options = append(c.options, option{flag: "!", part: part})
				}
				continue
			}
			c.options = append(c.options, parseOption(spec))
		}
		c.needles = needlesOf(&c)
		for cmd := range strings.SplitSeq(parts[0], ",") {
			table[cmd] = append(table[cmd], c)
		}
	}
	return table
}

// needlesOf returns texts of which one is among the arguments of a command if one of them is a
// secret: the alternatives of its first word. A command without words has the flags of its options.
func needlesOf(c *command) (all []string) {
	if len(c.words) > 0 {
		for _, word := range c.words[0] {
			if word = strings.TrimSuffix(word, "*"); word[0] == '-' {
				all = append(all, word)
				continue
			}
			all = append(all, word, strings.ToUpper(word), strings.ToUpper(word[:1])+word[1:]) // AUTH of redis-cli
		}
		return all
	}
	for _, o := range c.options {
		flag := o.flag // "", which is in every text, for an argument by its place
		if strings.HasPrefix(flag, "/") || flag == "!" {
			flag = flag[:1] // in any case, or an input
		}
		all = append(all, flag)
	}
	return all
}

// parseOption reads the third column of a row.
func parseOption(spec string) (o option) {
	spec, o.named = strings.CutSuffix(spec, "?")
	if place, found := strings.CutPrefix(spec, "#"); found {
		switch {
		case place == "share":
			o.place, o.part = placeAny, `\`
		case strings.HasPrefix(place, "any"):
			o.place, o.part = placeAny, place[len("any"):]
		default:
			place, o.part = strings.TrimSuffix(place, ":"), place[len(strings.TrimSuffix(place, ":")):]
			negative := strings.HasPrefix(place, "-")
			o.place = int(place[len(place)-1] - '0')
			if negative {
				o.place = -o.place
			}
		}
		return o
	}
	if flag, found := strings.CutSuffix(spec, "k=v"); found {
		o.part = "="
		o.flag = strings.TrimSuffix(flag, "=")
		o.apart, o.attached = true, false
		if flag == "" {
			o.place = placeAny
		}
		return o
	}
	for _, form := range [...]byte{'*', '+', '='} {
		n := strings.LastIndexByte(spec, form)
		if n < 1 || n < len(spec)-2 {
			continue
		}
		o.flag, o.part = spec[:n], spec[n+1:]
		o.attached, o.apart = form != '=', form != '*'
		return o
	}
	panic("secret: option " + spec)
}

// placeAny is the place of an option that any argument can be.
const placeAny = 100

// CommandNames returns the names of the commands, in small letters.
func CommandNames() (all []string) {
	for cmd := range commandTable {
		all = append(all, cmd)
	}
	slices.Sort(all)
	return all
}

// shortCommands has the names of two letters by the first word that must be among their
// arguments: the prefilter announces no word of two letters.
var shortCommands = func() map[string][]string {
	table := map[string][]string{}
	for cmd, rows := range commandTable {
		for _, row := range rows {
			if len(cmd) > 2 || len(row.words) == 0 {
				continue
			}
			for _, word := range row.words[0] {
				if len(word) > 2 && word[0] != '-' && !slices.Contains(table[word], cmd) {
					table[word] = append(table[word], cmd)
				}
			}
		}
	}
	return table
}()
