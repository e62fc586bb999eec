//! Name, address and contact of a customer, as options.

/// Options of a customer's address and contact.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct Profile {
    /// Street and number, up to 200 characters
    #[arg(long, value_name = "TEXT", help_heading = "Address and contact")]
    pub street: Option<String>,
    /// City
    #[arg(long, value_name = "TEXT", help_heading = "Address and contact")]
    pub city: Option<String>,
    /// Region or state
    #[arg(long, value_name = "TEXT", help_heading = "Address and contact")]
    pub region: Option<String>,
    /// Postal code
    #[arg(long, value_name = "TEXT", help_heading = "Address and contact")]
    pub postal_code: Option<String>,
    /// Country: two capital letters, such as SK
    #[arg(long, value_name = "CC", help_heading = "Address and contact")]
    pub country: Option<String>,
    /// First name of the contact
    #[arg(long, value_name = "NAME", help_heading = "Address and contact")]
    pub contact_first: Option<String>,
    /// Last name of the contact
    #[arg(long, value_name = "NAME", help_heading = "Address and contact")]
    pub contact_last: Option<String>,
    /// Mail address of the contact
    #[arg(long, value_name = "ADDRESS", help_heading = "Address and contact")]
    pub mail: Option<String>,
    /// Telephone number; compulsory in AM AZ BY HU KZ KG MD RU TJ UZ UA
    #[arg(long, value_name = "NUMBER", help_heading = "Address and contact")]
    pub phone: Option<String>,
    /// Number in the register of companies; compulsory where the telephone number is
    #[arg(long, value_name = "NUMBER", help_heading = "Address and contact")]
    pub registration_number: Option<String>,
    /// Language of its agreements: two small letters, such as sk
    #[arg(long, value_name = "LL", help_heading = "Address and contact")]
    pub language: Option<String>,
}
