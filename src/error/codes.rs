//! The register of error codes. A code is given once and keeps its meaning; `docs/errors.md` and
//! `servhub explain` are made from this table.

use super::{Error, Kind};

/// One registered code.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `E` and four digits.
    pub id: &'static str,
    /// What sort of failure it stands for.
    pub kind: Kind,
    /// A line that names it.
    pub title: &'static str,
    /// Why it happens and what to do, a short paragraph.
    pub help: &'static str,
}

impl Code {
    /// An error with this code.
    pub fn error(&'static self, message: impl Into<String>) -> Error {
        Error {
            code: self,
            message: message.into(),
            hints: Vec::new(),
            source: None,
        }
    }
}

macro_rules! codes {
    ($($name:ident = $id:literal $kind:ident $title:literal $help:literal;)+) => {
        $(#[doc = $title] pub static $name: Code = Code { id: $id, kind: Kind::$kind, title: $title, help: $help };)+

        /// Every registered code, by number.
        pub static ALL: &[&Code] = &[$(&$name),+];
    };
}

codes! {
    // E00xx: the machine and the store
    STORE_FAILED = "E0001" Failed "The store could not do it"
        "The database engine reported a fault that has no code of its own. Nothing was changed: every change is one transaction. Run `servhub doctor`.";
    STORE_BUSY = "E0002" Failed "Another process kept the store busy"
        "Writers wait for each other for a minute. One that holds the store longer is a long import or a stopped process. Wait for it and run the command again; nothing was changed.";
    NOT_A_STORE = "E0003" Usage "The file is not a servhub store"
        "The file exists but is not a database made by servhub. Check --store, SERVHUB_STORE and the profile (`servhub profile show --origin`).";
    STORE_NEWER = "E0004" Failed "The store was made by a newer servhub"
        "A newer release has changed the layout of this file. Use that release; this one does not touch the file, because it could lose what it does not know.";
    STORE_DAMAGED = "E0005" Failed "The store is damaged"
        "The database engine found an inconsistent page. Make a copy of the file before anything else, then restore the newest `servhub backup`.";
    STORE_CLOSED = "E0006" Failed "The store cannot be opened or written"
        "The file or its folder does not allow it. Check the path and its permissions; the folder must be writable too, for the write-ahead log.";
    DISK_FULL = "E0007" Failed "The disk is full"
        "The change was rolled back. Free some space and run the command again.";
    IO_FAILED = "E0008" Failed "A file could not be read or written"
        "The message names the file and what the system said.";
    FILE_MISSING = "E0009" NotFound "The file is not there"
        "The message names it. Check the path; relative paths start at the current folder.";
    UNRECORDED_CHANGE = "E0010" Failed "A change without an audit record was stopped"
        "Every change is written together with its audit record (X-1). This one had none, which is a fault in servhub; nothing was changed. Please report it.";
    REMOTE_UNSUPPORTED = "E0011" Unreachable "A remote hub cannot be reached by this release"
        "The store setting is a URL. This release works on a local file; point --store at one.";
    STORE_NOT_EMPTY = "E0012" Refused "The store has data already"
        "`servhub demo` and `servhub copy` fill an empty store only (K-3). Name another file or database; nothing was changed.";
    SELF_CHECK = "E0013" Failed "The store does not agree with itself"
        "`servhub doctor` found kept totals, references or the file itself in disagreement; the lines above say where. Restore a backup, or ask for help with the output of doctor.";
    AUDIT_BROKEN = "E0014" Failed "The audit chain is broken"
        "A record was altered or is missing (X-2); the message names the first. What comes before it can be trusted.";
    INTERRUPTED = "E0015" Interrupted "Interrupted"
        "Stopped before the change was made; nothing was changed.";
    NOT_AT_HAND = "E0016" Refused "This needs a store at hand"
        "The operation works on the file or the database itself, and the hub is somewhere else. Run it where the store is.";
    OTHER_RELEASE = "E0017" Failed "The hub runs another release"
        "The hub and this program were made from different releases and do not understand each other. `servhub --version` tells this one's; use the same on both sides.";
    STORE_AWAY = "E0020" Unreachable "The database cannot be reached"
        "The server of the database did not answer, refused the connection or ended it. Nothing was changed, unless the message says that this is not known. Check that it runs and that the address and the password (`PGPASSWORD`) are right, and run the command again.";
    ONLY_A_FILE = "E0021" Usage "This works on a file only"
        "The store is a database on a server. What copies, checks or moves the file of a store is there the work of the server's own tools.";

    COPY_DIFFERS = "E0022" Failed "The copy is not what was copied"
        "Every value of a copied hub is compared before the copy is kept, and so are references and the audit chain. The message says where they differ; nothing was kept. `servhub doctor` looks for faults in the store that was copied.";

    POOLED = "E0023" Usage "The pooler shares connections between transactions"
        "Servhub keeps settings and prepared statements on a connection to PostgreSQL, and a pooler in transaction or statement mode hands both to somebody else. Set pool_mode to session for this database, or connect without the pooler; docs/scale.md says more.";

    // E01xx: usage and look-up
    BAD_VALUE = "E0100" Usage "A value cannot be read"
        "The message says which option or cell, what stood there and how to write it.";
    UNKNOWN_COLUMN = "E0101" Usage "There is no such column"
        "--columns takes the names that the error lists, in the order you want them (K-6).";
    BAD_JQ = "E0102" Usage "The jq expression cannot be run"
        "--jq takes a jq program; the message shows where it goes wrong (K-6).";
    NEEDS_YES = "E0103" Usage "This needs a yes"
        "The command changes many rows or removes something and there is no terminal to ask at. Look at it with --dry-run, then add --yes (K-8).";
    NOT_CONFIRMED = "E0104" Interrupted "Not confirmed"
        "The answer was no; nothing was changed.";
    MISSING_OPTION = "E0105" Usage "An option is missing"
        "The message names it.";
    BAD_FORMAT = "E0106" Usage "This command has no such output format"
        "The message lists the formats it has.";
    WRONG_USAGE = "E0107" Usage "The command was not understood"
        "An option, a value or a word is not known, or one is missing. The message names it, and --help after any command shows what it takes.";
    NOT_FOUND = "E0110" NotFound "There is no such thing"
        "No record has that name, number or id. The nearest ones are listed (K-9); a thing you may not see answers the same.";
    AMBIGUOUS = "E0111" NotFound "The name fits several"
        "Use the id of the one you mean; the error lists them (K-9).";
    UNKNOWN_CODE = "E0112" NotFound "There is no such error code"
        "`servhub explain` without a code lists all of them.";
    BAD_TOKEN = "E0113" Usage "The page token cannot be used"
        "Use the token that the previous page printed, with the same filters.";

    // E02xx: access
    DENIED = "E0200" Denied "Not permitted"
        "The acting person lacks the permission that the message names (R-1).";
    NOT_SIGNED_IN = "E0201" Denied "Not signed in"
        "The hub does not know the token: it is wrong, it ran out or it was taken back, and which of these it was is told to nobody else. `servhub login` signs in; a program needs a new one from `servhub token create`.";
    OUT_OF_SCOPE = "E0202" Denied "The token does not carry it"
        "A token carries the rights of its person as far as its scopes go: read, file, write or admin. The message says which scope is needed; `servhub token create --scope` makes such a token.";
    STRANGER = "E0203" Denied "The hub does not know this account"
        "Whoever signs in must be known to the hub: invited to a workspace, named on a contract, a global administrator, of a partner, or an operator. Ask whoever should have invited you.";
    SETUP_CODE = "E0204" Denied "The set-up code is not valid"
        "A shared hub without an operator prints a code when it starts; within a day it makes one account the first operator, once. With an operator there are no such codes: `servhub operator appoint` names further ones.";
    NOT_ACCEPTED = "E0205" Denied "The sign-in is not accepted"
        "The hub checked what the identity provider vouched for and found something wrong; the message says what. Sign in anew with `servhub login`. When the clocks of the hub and the provider differ by more than a minute, nobody can sign in.";
    PROVIDER_SILENT = "E0206" Unreachable "The identity provider does not answer"
        "It cannot be reached, or does not answer as OpenID Connect says; the message says which. Whoever is signed in already stays so.";
    SIGN_IN_ENDED = "E0207" Denied "The sign-in did not come to its end"
        "It was declined at the identity provider, or nobody went on in time. Run `servhub login` again; --device shows a code for another machine, --browser uses the browser of this one.";
    NO_KEYRING = "E0208" Failed "The keyring of this machine cannot be used"
        "Secrets are kept in the keyring of the system. There is none here, it is locked, or it did not answer within three seconds; nothing was kept. Unlock it; or set SERVHUB_TOKEN; or keep the secret in a file that only you can read, with --insecure-storage.";
    OPEN_SECRET = "E0209" Denied "Others can read the file of a secret"
        "A file that holds a token is readable by its owner alone. The message names it: take the rights of others away (`chmod 600`), or log in anew if somebody may have read it.";

    // E03xx: import
    IMPORT_FAULTS = "E0300" Refused "The input has faults"
        "All of it was checked and nothing was changed. Each line above names file, line, column, what is wrong and the fix; --keep-going applies the good rows (K-17).";
    IMPORT_PARTIAL = "E0301" Partial "Some rows were refused, the rest are done"
        "--keep-going applied the good rows. The result file names the others; mend them and import again.";
    IMPORT_STALE = "E0302" Refused "The hub or the input has changed since the plan was made"
        "A saved plan is applied exactly or not at all (U-2). Make a new plan and look at it.";
    IMPORT_HEADER = "E0303" Usage "The file's header does not fit"
        "A required column is missing, a column stands twice, or the file's name is none of the known kinds. `servhub import --template KIND` prints the right header.";
    BAD_PLAN = "E0304" Usage "The file is no saved plan"
        "`servhub import plan ... --out FILE` writes one.";

    // E04xx: the ledger and entitlements
    OUTSIDE_PACKAGE = "E0400" Refused "The day lies outside the package"
        "An entry is dated within its package's days (L-6). Correct the date or the entitlement; --late records it all the same, with a mark.";
    FUTURE_DELIVERY = "E0401" Refused "A delivery lies in the future"
        "What is planned consumes nothing (L-3). Record it on the day it was delivered.";
    NOT_DELIVERED = "E0402" Refused "The engagement was not delivered"
        "A planned or cancelled engagement consumes nothing (L-3). Set its status first.";
    DUPLICATE_KEY = "E0403" Refused "The source key was used for something else"
        "A source gives a key once (L-2). The same delivery again counts once and is no error; this one differs. Give it its own key, or correct the first with `ledger correct`.";
    ALREADY_CORRECTED = "E0404" Refused "The entry was corrected before"
        "An entry is reversed once (L-1). Record the right figure as a new entry.";
    NOT_TRACKED = "E0405" Refused "The entitlement is not tracked"
        "An additional benefit or an included service has no usage to record (E-1, E-3).";
    NOTHING_TO_DRAW = "E0406" Refused "No package holds such an allowance"
        "No tracked entitlement of that service is in force on that day in that workspace (L-5). `entitlements list` shows what there is.";
    ZERO_QUANTITY = "E0407" Refused "Nothing was delivered"
        "A delivery has a quantity above zero; a mistake is reversed with `ledger correct` (L-1).";
    OVER_CAP = "E0408" Refused "More support contacts than the contract line allows"
        "The contract's contacts line is the cap. Release a contact, or have the line raised.";

    MIXED_UNITS = "E0410" Refused "The allowance is counted in several units"
        "The packages of that workspace hold the service in more than one unit, so the draw cannot be split (L-5). Name the entitlement with --entitlement.";

    // E05xx: contracts and workspaces
    RULE = "E0500" Refused "A rule does not allow it"
        "The message names the rule and why.";
    STILL_NEEDED = "E0501" Refused "Other rows need it"
        "Nothing that others rely on is deleted (W-5); the message lists them.";
    OTHER_CUSTOMER = "E0510" Refused "It belongs to another customer"
        "A workspace holds contracts and packages of one customer (W-1), and deliveries of those.";
    ARCHIVED = "E0511" Refused "The workspace is archived"
        "An archived workspace keeps its data readable and takes nothing new (W-5). Choose another one.";
    LAST_ADMINISTRATOR = "E0520" Refused "A workspace keeps an administrator"
        "The last administrator of a workspace cannot be removed or demoted (R-3). Make someone else one first.";
    ACCOUNT_KIND = "E0521" Refused "The workspace does not take this kind of account"
        "A workspace on a premier contract takes work and personal accounts; one on a unified contract takes work accounts only, unless it was set to allow personal ones (W-4).";
    NOT_GRANTED = "E0522" Refused "The role is not granted there"
        "Some roles come from the contract, some are held at a customer, and the support contact is a mark; the message says how it is given. `servhub role list --all` shows all of them.";
    INVITATION = "E0523" Refused "The invitation cannot be used"
        "A code can be used once, by the account it was sent to, until it runs out (R-2). `servhub user resend` sends a new one, and the old one dies.";
    LAST_OPERATOR = "E0524" Refused "A shared hub keeps an operator"
        "The last operator of a shared hub cannot be dismissed. Appoint someone else first.";
    // E053x and on: filing requests
    KEY_REUSED = "E0530" Refused "The key was used for another request"
        "A key stands for one request: the same content answers with the first result, other content is refused (Q-1). Give this request a key of its own.";
    FILING_WHO = "E0531" Refused "This person cannot file there"
        "Only a support contact of the workspace files, and only while a contract with a matching entitlement is in force (F-1). The message says which is missing and what to do.";
    FILING_WHAT = "E0532" Refused "Something that filing needs is missing"
        "Title, description, product, kind, severity and primary contact are needed (F-2). The message names what is missing.";
    FILING_PARTNER = "E0533" Refused "The partner of record gives the support"
        "The people of a customer that buys through a partner do not file with the vendor (B-1). The message says how the partner is reached.";
    NO_TARGET = "E0535" NotFound "No response target speaks of the request"
        "Targets are data: a line for each plan, severity, kind and language (S-2). `servhub sla list` shows them.";
    BAD_PARCEL = "E0536" Usage "A file of the outbox cannot be read"
        "The message names it. Nothing else was touched; move the file away, or use the release that wrote it.";
    FILING_CHECK = "E0537" Refused "A rule stands in the way of filing"
        "`servhub request check` asked every rule and filed nothing; the lines above say which refuses, why, and what to do.";
    STANDSTILL = "E0534" Refused "The request cannot be moved on like that"
        "A request goes from open to awaiting-customer and in-progress, to resolved, to closed; it can be reopened when resolved, and for 14 days when closed.";

    FILE_TOO_LARGE = "E0540" Refused "The file is too large"
        "An attachment has at most 25 MiB. Pack the file, cut out what matters, or put it where the provider can fetch it and write a note that says where. Nothing was attached.";
    FILE_TAKEN = "E0541" Refused "The request has another file of that name"
        "An attachment is never replaced. Give the new one a name of its own with --name. The same bytes again under the same name change nothing.";
    FILE_CHANGED = "E0542" Refused "A file is not what it was when the request was written"
        "A request that waited in the outbox goes with its files as they were: the message names one that has changed since, and nothing was filed. Put the file back as it was and send it again; or drop what waits, and file it anew with the file as it is now.";

    // E055x: filing on behalf of a customer; the last digit is that of the rule (B-1 is E0533, and B-10 refuses nothing)
    FILING_KNOWN_ISSUE = "E0552" Refused "A known service issue stops the filing"
        "An open issue of the product is known, and filing again would not speed it up (B-2). The message prints it with its latest update; `servhub health show ISSUE` has all of them. If it is something else, say so with --not-covered-by ISSUE --because \"...\"; the request keeps both.";
    FILING_CATEGORY = "E0553" Refused "Nothing says why it must be escalated"
        "A partner solves what it can itself and files only what must be escalated (B-3). Say which with --category: undocumented-issue, service-unavailable, defect, network-disruption, regional-multitenant, billing, dispute or fraud.";
    FILING_ACCESS = "E0554" Refused "The acting person has no access that covers the product"
        "For Azure a support-request role on the subscription is needed, held in person or through a support group; for everything else an active delegated role that covers the product, through a security group that it was assigned to. An indirect reseller files through its provider, unless that gave it access to the customer's subscription (B-4). The message names the least that would do.";
    FILING_PLAN = "E0555" Refused "No support plan covers it"
        "Azure is covered by the plan Cloud Solution Provider; Dynamics 365 needs Advanced Support for Partners or higher; the partner's own tenant needs a plan of its own with --plan. Billing and subscription requests need none. Other product families are not filed for (B-5).";
    FILING_CONTACT = "E0556" Refused "The contact is not one of the partner's own people"
        "The primary contact of a request on behalf is a person of the partner, and never someone of the customer's domain (B-6). Leave --contact out to be it yourself, or name a colleague.";
    FILING_MARKETPLACE = "E0557" Refused "A product of the marketplace is supported by its publisher"
        "Requests for products that a publisher sells through the marketplace are not filed here (B-7). The message says how the publisher's support is reached.";
    FILING_PHONE = "E0558" Refused "Requests are not filed by phone"
        "A request is filed here, in writing (B-8); the provider may call back.";
    FILING_RIGHTS = "E0559" Refused "Without administrator rights the domain and the subscription are needed"
        "Whoever holds no delegated role at the customer files for Azure with the customer's domain name and the subscription (B-9). The message says which is missing, and the address of the portal to go to.";

    // E056x and E057x: what a partner does for its customers
    WRONG_STATE = "E0560" Refused "It cannot be moved on like that"
        "Each life cycle has its steps: what is drawn in docs/life-cycles.md. The message names the state that it is in and the steps that lead on from there.";
    IN_THE_WAY = "E0561" Refused "Something stands in the way"
        "What should end is still in use. The message lists what stands in the way; end that first, and run the command again.";
    CUSTOMER_DATA = "E0562" Usage "The customer's data do not fit"
        "The vendor demands an address and a contact, limits how long each part may be, and in some countries a telephone number and a registration number (G-1). The message and its hints name each part; in a file, with its line.";
    CUSTOMER_TAKEN = "E0563" Refused "Another customer has it already"
        "Ids, names and domains are one customer's, domains in upper or lower case (G-1). A customer that is there already is asked for a relationship instead: `servhub relationship request DOMAIN`.";
    CUSTOMER_ARCHIVED = "E0564" Refused "The customer is archived"
        "An archived customer stays readable, and nothing is changed, asked of it or sold to it (G-1). `servhub customer archive CUSTOMER --undo` brings it back.";
    NAME_TAKEN = "E0565" Refused "Another delegation has the name"
        "The name of a delegation is given once for each partner, also when it is over (G-3). Choose another one; or, for one that the customer was asked for and that should be different, end it first.";
    NOT_EXTENDED = "E0566" Refused "The delegation is not extended"
        "Access reaches at most 730 days ahead, and nothing that gives Global Administrator is extended (G-3). Ask for what is needed anew, with the least role that suffices.";
    NOT_DELEGATED = "E0567" Refused "The role was not delegated"
        "A security group is given roles of the delegation, and no other (G-3). `servhub delegation show ID` lists them; another role needs a delegation of its own.";
    TERM_BINDS = "E0570" Refused "The term is bound"
        "Seats may be lowered, and a term be cancelled, in the first seven days of each term only (G-4). The message says until when that was; `servhub subscription show` tells it for each subscription as \"cancel_until\". More seats can be bought at any time, and without a renewal the subscription ends with its term.";
    CANNOT_BUY = "E0571" Refused "It cannot be sold like that"
        "A subscription is sold by a direct-bill partner or an indirect provider that has an active relationship with the customer; the customer is not archived, and its agreement is on record (G-2, G-8). A customer buys for itself only where its partner has allowed that for the family of products (G-12). The message says what is missing and whom to ask.";
    UNCONFIRMABLE = "E0572" Refused "The calculation cannot be confirmed"
        "Giving a reservation back takes two steps: a calculation, and its confirmation with the id of the calculation (G-5). That id is good for 15 minutes, once, for the same reservation and purpose, and as long as the reservation is what it was. Calculate anew: the same command without --confirm.";
    AGAINST_POLICY = "E0573" Refused "The vendor's policy does not allow it"
        "A reservation is cancelled as a whole in its first seven days; within twelve months at most 50,000 USD are given back; an exchange buys for what is left of the price at least (G-5). The message says which of them it is.";
    PERSON_GONE = "E0575" Refused "The person is gone"
        "Someone who was deleted can be restored for 30 days, to the second (G-6). After that nothing is left of them, and the account is free for someone new: `servhub customer user create`.";
    NO_SEAT = "E0576" Refused "No seat is left"
        "There are never more licences than were bought: the seats of the customer's active subscriptions of that product (G-7). Buy more (`servhub subscription set-quantity`), or revoke a licence. Whoever is refused one licence is given none of those asked for together.";
    NO_USAGE_LOCATION = "E0577" Refused "The usage location is not set"
        "A licence holds where its person uses it: set the country first (G-7), with `servhub customer user update ACCOUNT --usage-location SK`.";
    ACCOUNT_TAKEN = "E0578" Refused "The account is taken"
        "Somebody has this account, or was deleted less than 30 days ago and can still be restored with it (G-6).";
    NOT_OF_DOMAIN = "E0579" Refused "The account is not of the customer's domain"
        "The people of a customer have accounts in its domain or below it (G-6). Name another account, or give the customer its domain first.";

    // E06xx: exports
    NEEDS_FILE = "E0600" Usage "The report needs a file"
        "A workbook is not text. Name a file with --out, or send standard output to one.";
    FOLDER_IN_USE = "E0601" Refused "The folder is not empty"
        "`servhub export folder` makes a folder of its own, so that old files are not taken for new ones. Name one that is not there yet.";

    // E07xx: settings
    BAD_SETTINGS = "E0700" Usage "The settings file cannot be used"
        "The message names the file and the line. Mend it, or move it away: without it the default store is used.";
    NO_HOME = "E0701" Usage "This account has no home folder"
        "The default places for the store and the settings lie in it. Set SERVHUB_STORE and SERVHUB_CONFIG to files that may be written.";

    // E08xx: between a hub and those who ask it
    BAD_REQUEST = "E0800" Usage "The hub cannot read what was asked"
        "The address, a header or the body is not what the interface describes; the message says which. `docs/openapi.json` describes every route.";
    NO_ROUTE = "E0801" NotFound "The hub has nothing at this address"
        "`docs/openapi.json` lists every address. A hub of an older release does not have what a newer one has.";
    NO_METHOD = "E0802" Usage "The address does not take this method"
        "`docs/openapi.json` says which it takes.";
    TOO_LARGE = "E0803" Usage "What was sent is too large"
        "A hub takes bodies of a bounded size, larger ones where files are sent. Split the work, or ask whoever runs the hub for a larger bound (`servhub serve --help`).";
    BODY_KIND = "E0804" Usage "The hub does not take this kind of body"
        "Arguments are sent as application/json, with files as application/vnd.servhub.frames, and never compressed.";
    NOT_ACCEPTABLE = "E0805" Usage "The hub cannot answer in this form"
        "Several files come as application/vnd.servhub.frames only. Say so in the Accept header.";
    TOO_SLOW = "E0806" Unreachable "What was sent came too slowly"
        "The hub waited for the rest and gave up; nothing was changed. Look at the network, then try again.";
    TOO_OFTEN = "E0807" Unreachable "The hub was asked too often"
        "Everyone may ask so often in a while. Wait as long as Retry-After says, and go on more slowly.";
    HUB_BUSY = "E0808" Unreachable "The hub has too much to do"
        "More was asked than the hub works off in good time, or it is about to stop. It did nothing of this request; try again in a moment.";
    NOT_AS_SEEN = "E0809" Refused "It is not any more what it was when it was looked at"
        "Somebody else has changed it since; nothing was changed. Look at it again, then decide again.";
    NO_KEY = "E0810" Usage "Filing needs a key"
        "A request is filed with an Idempotency-Key, so that a second try files nothing twice (Q-1). Make one up, and send the same one again when no answer came.";
    KEY_IN_FLIGHT = "E0811" Refused "A request with this key is being filed"
        "The first try has not ended yet (Q-1). Wait a moment and send it again: it answers with the result of the first.";
    BROKEN_OFF = "E0812" Unreachable "The connection broke off"
        "The answer did not come to its end. A report was not written. Whether a change was made nobody here knows: look before you make it again.";
    HUB_UNREACHABLE = "E0813" Unreachable "The hub does not answer"
        "Its name is not known, nothing listens there, its certificate is not trusted, or the network is down; the message says which. Check the address (`servhub profile show --origin`).";
    HUB_FAILED = "E0814" Failed "The hub failed"
        "The fault is the hub's own and stands in its log, under the request that the message names.";
    NOT_A_HUB = "E0815" Unreachable "The address is not that of a hub"
        "Something answers there, and it does not speak the interface of a servhub hub. Check the address (`servhub profile show --origin`).";
}
