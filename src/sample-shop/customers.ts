/** The customers of the sample shop. Their addresses are made up, their mail goes to nobody (RFC 2606), and nobody can sign in as them. */

type SampleCustomer = {
  firstName: string
  lastName: string
  street: string
  city: string
  state: string
  postalCode: string
  country: string
}

const customer = (
  firstName: string,
  lastName: string,
  ...[street, city, state, postalCode, country]: [string, string, string, string, string]
): SampleCustomer => ({ firstName, lastName, street, city, state, postalCode, country })

export const customers: SampleCustomer[] = [
  customer('Amara', 'Okafor', '14 Lantern Street', 'Portland', 'OR', '97205', 'US'),
  customer('Leyla', 'Demir', '8 Harbour Steps', 'Izmir', '', '35250', 'TR'),
  customer('Jonas', 'Lindqvist', '3 Björkgatan', 'Uppsala', '', '75328', 'SE'),
  customer('Priya', 'Raman', '27 Temple Tank Road', 'Chennai', 'Tamil Nadu', '600004', 'IN'),
  customer('Mateo', 'Alvarez', '51 Calle del Olivo', 'Valencia', '', '46003', 'ES'),
  customer('Hannah', 'Weiss', '12 Gerbergasse', 'Freiburg', '', '79098', 'DE'),
  customer('Yusuf', 'Haddad', '6 Cedar Lane', 'Dearborn', 'MI', '48126', 'US'),
  customer('Chloe', 'Martin', '40 Rue des Tanneurs', 'Lille', '', '59800', 'FR'),
  customer('Kenji', 'Mori', '2-5 Teramachi', 'Kanazawa', 'Ishikawa', '921-8033', 'JP'),
  customer('Grace', 'Mwangi', '19 Jacaranda Close', 'Nairobi', '', '00100', 'KE'),
  customer('Tom', 'Fairley', '77 Mill Bank', 'Hebden Bridge', '', 'HX7 8AA', 'GB'),
  customer('Sofia', 'Petrova', '5 Rose Valley Road', 'Plovdiv', '', '4000', 'BG'),
]

export const emailOf = ({ firstName, lastName }: SampleCustomer): string =>
  `${firstName}.${lastName}@customers.example.com`.toLowerCase()
