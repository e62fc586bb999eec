//! Names, countries and trades of the four languages that the demo speaks.

use super::names::Land;

/// Slovak.
#[rustfmt::skip]
pub(super) static SLOVAK: Land = Land {
    language: "sk", country: "SK", zone: "Europe/Bratislava", calling_code: "+421",
    legal_forms: [", a.s.", ", s.r.o."],
    countries: ["Slovensko", "Poľsko", "Česko", "Taliansko"], finance: "Financie", research: "Výskum a vývoj",
    given: &[
        "Ľubomír", "Zuzana", "Štefan", "Ľudmila", "Ján", "Žofia", "Miloš", "Katarína", "Andrej", "Soňa",
        "Rastislav", "Jarmila", "Tomáš", "Božena", "Dušan", "Viera", "Matúš", "Alžbeta", "Igor", "Daša",
        "Vladimír", "Oľga", "Peter", "Mária",
    ],
    family: &[
        ("Šťastný", "Šťastná"), ("Kováč", "Kováčová"), ("Hudec", "Hudecová"), ("Krajčír", "Krajčírová"),
        ("Mišík", "Mišíková"), ("Žiak", "Žiaková"), ("Ľupták", "Ľuptáková"), ("Hrivnák", "Hrivnáková"),
        ("Bartoš", "Bartošová"), ("Slovák", "Slováková"), ("Šimko", "Šimková"), ("Ondruš", "Ondrušová"),
        ("Tóth", "Tóthová"), ("Baláž", "Balážová"), ("Moravčík", "Moravčíková"), ("Kňazko", "Kňazková"),
        ("Jančovič", "Jančovičová"), ("Petráš", "Petrášová"), ("Zelenák", "Zelenáková"),
        ("Ferko", "Ferková"), ("Lacko", "Lacková"), ("Rusnák", "Rusnáková"), ("Štúr", "Štúrová"),
        ("Ďurica", "Ďuricová"), ("Sloboda", "Slobodová"), ("Vrábel", "Vráblová"), ("Čierny", "Čierna"),
        ("Drobný", "Drobná"),
    ],
    trades: &[
        "Strojárne", "Pekárne", "Stavebniny", "Mliekareň", "Papiereň", "Sklárne", "Vodárne", "Tlačiareň",
        "Drevárne", "Hutnícke závody", "Chemické závody", "Kúpele", "Pivovar", "Energetické montáže",
        "Lesné závody", "Dopravný podnik", "Cementáreň", "Nábytok", "Železiarne", "Elektromontáže",
        "Logistika", "Textilné závody", "Cukrovar", "Baníctvo",
    ],
    places: &[
        "Poprad", "Žilina", "Martin", "Košice", "Prešov", "Nitra", "Trenčín", "Trnava", "Senica", "Levice",
        "Zvolen", "Bardejov", "Michalovce", "Humenné", "Púchov", "Galanta", "Malacky", "Pezinok", "Skalica",
        "Ružomberok", "Lučenec", "Svidník", "Čadca", "Topoľčany",
    ],
};

/// Polish.
#[rustfmt::skip]
pub(super) static POLISH: Land = Land {
    language: "pl", country: "PL", zone: "Europe/Warsaw", calling_code: "+48",
    legal_forms: [" S.A.", " Sp. z o.o."],
    countries: ["Słowacja", "Polska", "Czechy", "Włochy"], finance: "Finanse", research: "Badania i rozwój",
    given: &[
        "Łukasz", "Łucja", "Stanisław", "Małgorzata", "Paweł", "Elżbieta", "Michał", "Żaneta", "Grzegorz",
        "Agnieszka", "Wojciech", "Świętosława", "Krzysztof", "Joanna", "Zbigniew", "Bożena", "Rafał",
        "Grażyna", "Jarosław", "Dorota", "Mikołaj", "Jagoda", "Sławomir", "Urszula",
    ],
    family: &[
        ("Wiśniewski", "Wiśniewska"), ("Kamiński", "Kamińska"), ("Zieliński", "Zielińska"),
        ("Szymański", "Szymańska"), ("Dąbrowski", "Dąbrowska"), ("Kozłowski", "Kozłowska"),
        ("Jabłoński", "Jabłońska"), ("Grabowski", "Grabowska"), ("Pawłowski", "Pawłowska"),
        ("Michalski", "Michalska"), ("Górski", "Górska"), ("Rutkowski", "Rutkowska"),
        ("Ostrowski", "Ostrowska"), ("Głowacki", "Głowacka"), ("Kowalczyk", ""), ("Wójcik", ""),
        ("Woźniak", ""), ("Mazur", ""), ("Krawczyk", ""), ("Piątek", ""), ("Król", ""), ("Wróbel", ""),
        ("Jędrzejczak", ""), ("Stępień", ""), ("Sikora", ""), ("Bąk", ""), ("Zając", ""), ("Sobczak", ""),
    ],
    trades: &[
        "Zakłady Mechaniczne", "Hurtownia Stali", "Piekarnie", "Zakłady Chemiczne", "Wodociągi", "Stocznia",
        "Cukrownia", "Browar", "Huta Szkła", "Fabryka Mebli", "Drukarnia", "Zakłady Mięsne", "Cementownia",
        "Papiernia", "Energetyka", "Kopalnia Soli", "Tłocznia", "Przędzalnia", "Spedycja", "Mleczarnia",
        "Odlewnia", "Elektrociepłownia", "Fabryka Łożysk", "Żegluga",
    ],
    places: &[
        "Gdynia", "Kraków", "Łódź", "Wrocław", "Poznań", "Rzeszów", "Białystok", "Częstochowa", "Toruń",
        "Kielce", "Płock", "Elbląg", "Wałbrzych", "Opole", "Zielona Góra", "Gliwice", "Słupsk", "Radom",
        "Lublin", "Olsztyn", "Sosnowiec", "Szczecin", "Nowy Sącz", "Świdnica",
    ],
};

/// Czech.
#[rustfmt::skip]
pub(super) static CZECH: Land = Land {
    language: "cs", country: "CZ", zone: "Europe/Prague", calling_code: "+420",
    legal_forms: [", a.s.", ", s.r.o."],
    countries: ["Slovensko", "Polsko", "Česko", "Itálie"], finance: "Finance", research: "Výzkum a vývoj",
    given: &[
        "Zdeněk", "Jiřina", "Jiří", "Růžena", "Ondřej", "Květa", "Přemysl", "Věra", "Bohumil", "Libuše",
        "Luděk", "Markéta", "František", "Hedvika", "Radomír", "Šárka", "Vojtěch", "Drahomíra", "Břetislav",
        "Eliška", "Oldřich", "Vlasta", "Kryštof", "Kateřina",
    ],
    family: &[
        ("Říha", "Říhová"), ("Černý", "Černá"), ("Veselý", "Veselá"), ("Pokorný", "Pokorná"),
        ("Krejčí", ""), ("Svoboda", "Svobodová"), ("Procházka", "Procházková"), ("Kučera", "Kučerová"),
        ("Fiala", "Fialová"), ("Růžička", "Růžičková"), ("Němec", "Němcová"), ("Doležal", "Doležalová"),
        ("Blažek", "Blažková"), ("Řezníček", "Řezníčková"), ("Havlíček", "Havlíčková"),
        ("Hájek", "Hájková"), ("Jelínek", "Jelínková"), ("Vaněk", "Vaňková"), ("Šebesta", "Šebestová"),
        ("Kolář", "Kolářová"), ("Dvořák", "Dvořáková"), ("Horák", "Horáková"), ("Bureš", "Burešová"),
        ("Zeman", "Zemanová"), ("Kříž", "Křížová"), ("Žák", "Žáková"), ("Beneš", "Benešová"),
        ("Sýkora", "Sýkorová"),
    ],
    trades: &[
        "Strojírny", "Pivovary", "Pekárny", "Sklárny", "Vodovody", "Papírny", "Cementárny", "Cukrovary",
        "Mlékárny", "Ocelárny", "Tiskárny", "Chemička", "Rafinerie", "Doprava", "Lázně", "Elektrárny",
        "Slévárny", "Keramika", "Pily a dřevo", "Stavby silnic", "Textilka", "Nábytkářské závody",
        "Loděnice", "Zbrojovka",
    ],
    places: &[
        "Brno", "Ostrava", "Plzeň", "Třeboň", "Jihlava", "Olomouc", "Liberec", "Děčín", "Kolín", "Příbram",
        "Žďár", "Náchod", "Kladno", "Zlín", "Přerov", "Beroun", "Písek", "Třinec", "Vsetín", "Chrudim",
        "Znojmo", "Tábor", "Česká Lípa", "Uherský Brod",
    ],
};

/// Italian.
#[rustfmt::skip]
pub(super) static ITALIAN: Land = Land {
    language: "it", country: "IT", zone: "Europe/Rome", calling_code: "+39",
    legal_forms: [" S.p.A.", " S.r.l."],
    countries: ["Slovacchia", "Polonia", "Cechia", "Italia"], finance: "Finanza", research: "Ricerca e sviluppo",
    given: &[
        "Niccolò", "Beatrice", "Matteo", "Desirée", "Tommaso", "Giulia", "Davide", "Chiara", "Pietro",
        "Noemi", "Gabriele", "Ilaria", "Riccardo", "Francesca", "Edoardo", "Aurora", "Salvatore",
        "Benedetta", "Emanuele", "Federica", "Leonardo", "Ginevra", "Raffaele", "Carlotta",
    ],
    family: &[
        ("D'Alò", ""), ("Calabrò", ""), ("Cantù", ""), ("Orrù", ""), ("Scirè", ""), ("Dall'Osso", ""),
        ("Dell'Acqua", ""), ("De Luca", ""), ("Fumagalli", ""), ("Brambilla", ""), ("Cattaneo", ""),
        ("Colombo", ""), ("Bianchi", ""), ("Moretti", ""), ("Locatelli", ""), ("Sartori", ""),
        ("Bassi", ""), ("Pozzi", ""), ("Rizzo", ""), ("Villa", ""), ("Ferri", ""), ("Gritti", ""),
        ("Fadda", ""), ("Morandi", ""), ("Conti", ""), ("Galli", ""), ("Lussu", ""), ("Panzerì", ""),
    ],
    trades: &[
        "Officine Meccaniche", "Cantieri Navali", "Cartiere", "Acciaierie", "Tessitura", "Cantine",
        "Caseificio", "Vetrerie", "Ceramiche", "Fonderie", "Acquedotti", "Molini", "Concerie", "Cementi",
        "Autolinee", "Stamperie", "Birrificio", "Pastificio", "Oleificio", "Marmi", "Elettronica",
        "Arredamenti", "Riseria", "Torrefazione",
    ],
    places: &[
        "Trieste", "Bergamo", "Brescia", "Cantù", "Forlì", "Modena", "Parma", "Lecce", "Bari", "Salerno",
        "Cefalù", "Padova", "Udine", "Verona", "Como", "Pisa", "Novara", "Cuneo", "Ravenna", "Rimini",
        "Prato", "Vicenza", "Mantova", "Ancona",
    ],
};
