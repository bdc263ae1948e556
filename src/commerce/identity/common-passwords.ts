/** Passwords that are tried first by whoever guesses. Shorter ones are refused by their length anyway. */
const COMMON = new Set(
  `password password1 password12 password123 password1234 password12345 password! password1! passw0rd p@ssw0rd
  p@ssword p@ssword1 p@ssw0rd1 p@ssw0rd123 pa$$word pa$$w0rd passw0rd1 passw0rd123 passwort passwort1 password01
  password11 password2 password3 password99 mypassword thepassword yourpassword mypassword1 password2020 password2021
  password2022 password2023 password2024 password2025 password2026 12345678 123456789 1234567890 0123456789 987654321
  9876543210 87654321 11111111 111111111 1111111111 00000000 000000000 0000000000 22222222 33333333 44444444 55555555
  66666666 77777777 88888888 99999999 12121212 123123123 12341234 11223344 1122334455 112233445566 123321123 147258369
  159357456 147852369 789456123 1234554321 0987654321 01234567 10203040 12344321 12345679 123456781 1q2w3e4r 1q2w3e4r5t
  1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 zaq12wsx zaq1zaq1 zaq1xsw2 qazwsxedc qazwsx123 qwertyuiop qwertyui
  qwerty123 qwerty1234 qwerty12345 qwerty123456 qwerty12 qwertyuiop123 qwerty1! qwerty123! qweasdzxc qweasd123
  q1w2e3r4 q1w2e3r4t5 q1w2e3r4t5y6 asdfghjkl asdfghjk asdfasdf asdf1234 asdfghjkl123 zxcvbnm123 zxcvbnm1 zxcvbnmm
  qwer1234 1234qwer 12345qwert 123qweasd 123qwe123 123456qwerty abcd1234 abcd12345 abc12345 abc123456 abcdefgh
  abcdefghi abcdefg1 abcdef123 a1b2c3d4 a1b2c3d4e5 aa123456 aa12345678 a123456789 a12345678 a1234567 aaaaaaaa
  aaaaaaaaaa 123456789a 12345678a 1234567a 123456ab 1234abcd 123abc123 iloveyou iloveyou1 iloveyou2 iloveyou! iloveyou123
  iloveyou12 ilovegod loveyou1 lovelove loveyou123 sunshine sunshine1 sunshine123 princess princess1 princess123
  football football1 football123 baseball baseball1 basketball superman superman1 superman123 batman123 pokemon123
  starwars starwars1 trustno1 trustno1! whatever whatever1 whatever123 computer computer1 computer123 internet
  internet1 liverpool liverpool1 arsenal123 chelsea123 chelsea1 michelle michelle1 jennifer jennifer1 jessica1
  charlie1 charlie123 jordan23 jordan123 michael1 michael123 daniel123 matthew1 samantha samantha1 victoria victoria1
  elizabeth alexander alexander1 nicholas benjamin jonathan anthony1 welcome1 welcome12 welcome123 welcome1! welcome123!
  welcome2024 welcome2025 letmein1 letmein123 letmein! letmein1! changeme changeme1 changeme123 changeme! admin123
  admin1234 admin12345 admin123456 admin123! admin@123 admin2024 admin2025 adminadmin administrator administrator1
  root1234 rootroot toor1234 test1234 test12345 test123456 testtest testing1 testing123 test123! testpass testpass1
  testpassword guest123 guest1234 default1 default123 temp1234 temporary user1234 user12345 username username1
  secret123 secret1234 secretpassword mysecret monkey123 dragon123 dragon12 master123 masterkey shadow123 killer123
  hunter12 hunter123 hello123 hello1234 helloworld hellohello google123 facebook facebook1 facebook123 linkedin
  linkedin1 instagram youtube1 amazon123 apple123 samsung1 samsung123 android1 windows1 microsoft pa55word pa55w0rd
  summer2023 summer2024 summer2025 winter2023 winter2024 winter2025 spring2024 spring2025 autumn2024 autumn2025
  corvette mercedes mustang1 mustang123 porsche1 ferrari1 harley123 yamaha123 blink182 metallica metallica1 nirvana1
  slipknot rockstar rockstar1 babygirl babygirl1 butterfly butterfly1 chocolate chocolate1 cookie123 flower123
  rainbow1 rainbow123 snoopy123 spiderman spiderman1 tinkerbell doraemon naruto123 pokemon1 minecraft minecraft1
  fortnite roblox123 diamond1 forever1 forever21 friends1 friendship blessed1 jesus123 jesuschrist angel123 qwertz123
  hallo123 hallo1234 schatz123 passwd123 passpass passpass1 pass1234 pass12345 pass123456 pass@123 pass@1234 pass123!
  motdepasse azertyuiop azerty123 contrasena contraseña senha123 qwe123qwe qweqweqwe zxczxczxc asdasdasd asd123asd
  access14 january1 december1 november1 september`
    .split(/\s+/)
    .filter(Boolean),
)

/** Whether this is one of the passwords that everybody tries first; case makes no difference (V1-030). */
export const isCommonPassword = (password: string): boolean => COMMON.has(password.toLowerCase())
