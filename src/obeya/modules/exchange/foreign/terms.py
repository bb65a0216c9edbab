"""What lists call the things that several of our sheets name: materials, units, parties, places.

English, German, French, Spanish, Italian; then Polish, Czech, Portuguese, Dutch, Turkish, and the
names in Dynamics, Infor, proALPHA, abas, Sage, Oracle, JD Edwards, QAD, Epicor and IFS.
"""

MATERIAL = (
    "material|matnr|material number|materialnummer|material no|article|artikel|artikelnummer|"
    "artikelnr|artikel nr|item|item code|item number|item no|part|part number|part no|partno|"
    "teilenummer|teil|sachnummer|sku|product|product code|product number|produkt|produktnummer|"
    "default code|internal reference|interne referenz|code article|reference article|reference|"
    "articulo|codigo articulo|numero de pieza|pieza|codice articolo|articolo|codice materiale|"
    "materiale|produit|producto|prodotto|product internal reference|indeks|indeks materiałowy|"
    "kod materiału|materiał|numer materiału|towar|kod towaru|kod produktu|artykuł|kod artykułu|"
    "nr artykułu|wyrób|kód položky|položka|číslo položky|materiál|číslo materiálu|číslo dílu|"
    "výrobek|artikl|kód zboží|zboží|código do material|código do produto|código do item|artigo|"
    "produto|peça|código da peça|artikelcode|materiaal|materiaalnummer|onderdeelnummer|"
    "productcode|malzeme|malzeme kodu|malzeme no|malzeme numarası|stok kodu|ürün kodu|ürün|"
    "parça no|código de artículo|código material|número de material|ref article|code produit|"
    "numéro d article|no article|article no|codice prodotto|cod articolo|numero materiale|"
    "particolare|material code|material id|item id|itemid|itno|litm|2nd item number|"
    "inventory item|segment1|pt part|part num|partnum|item num|stock code|stockcode|itmref|"
    "teile nr|teilenr|teile nummer|identnummer|ident nr|identnr|idno|material nr|"
    "mat nr|art nr|artnr|product no|product id|product default code|reference produit"
    "|plnbez|material long"
)
NAME = (
    "name|description|bezeichnung|benennung|designation|item name|descripcion|denominacion|"
    "nombre|descrizione|denominazione|nome|nom|libelle|text|kurztext|product name|nazwa|opis|"
    "název|popis|označení|descrição|denominação|designação|omschrijving|naam|benaming|açıklama|"
    "tanım|ad|adı|nombre comercial|intitulé"
)
MATERIAL_NAME = (
    "material description|materialkurztext|maktx|materialbezeichnung|artikelbezeichnung|"
    "item name|description|bezeichnung|designation|descripcion|descrizione|article description|"
    "kurztext|short text|item description|product name|object description|objektkurztext|"
    "component description|komponententext|libelle|benennung|denominazione|denominacion|"
    "nazwa materiału|opis materiału|nazwa towaru|nazwa|opis|název položky|název materiálu|"
    "název|popis|descrição do material|descrição do produto|descrição|texto breve do material|"
    "artikelomschrijving|materiaalomschrijving|omschrijving|malzeme tanımı|malzeme adı|"
    "malzeme kısa metni|ürün adı|stok adı|açıklama|désignation article|texte breve de material|"
    "texto breve de material|texto breve|descrizione materiale|descrizione articolo|"
    "part description|part desc|item desc|itds|material text|artikeltext|kurzbezeichnung|"
    "texte court|materialbez|pt desc1"
    "|txz01|arktx|objekt kurztext|obj description"
)
UNIT = (
    "unit|uom|unit of measure|base unit of measure|basismengeneinheit|mengeneinheit|einheit|"
    "bun|meins|me|bme|bmeh|stock uom|default unit of measure|uom id|unite|unite de mesure|"
    "unidad|unidad de medida|unita di misura|um|order unit|sales unit|verkaufsmengeneinheit|"
    "bestellmengeneinheit|component unit|komponentenmengeneinheit|units of measure|jm|"
    "jednostka|jednostka miary|podstawowa jednostka miary|mj|měrná jednotka|"
    "základní měrná jednotka|jednotka|unidade|unidade de medida|unidade de medida básica|und|"
    "eenheid|basiseenheid|basishoeveelheidseenheid|birim|ölçü birimi|temel ölçü birimi|"
    "unité de quantité de base|unité de base|unidad medida base|unità di misura base|"
    "unità misura|basis me|lagereinheit|inventory uom|primary uom|base uom|base unit|"
    "unit of measure code|unms|ium|uom code|unit meas|basis mengeneinheit"
    "|vrkme|bprme|oun|su|un|component uom"
)
QUANTITY = (
    "quantity|qty|menge|quantite|qte|cantidad|quantita|anzahl|stueckzahl|stueck|pieces|pcs|"
    "product qty|amount|mng|ilość|množství|počet kusů|quantidade|qtd|qtde|aantal|hoeveelheid|"
    "miktar|adet|qté|cant|q tà|menge st|quantité commandée"
)
DATE = (
    "due date|date|termin|datum|faelligkeit|liefertermin|lieferdatum|delivery date|"
    "required date|date de livraison|echeance|fecha|fecha de entrega|data|data di consegna|"
    "wunschtermin|requested delivery date|commitment date|deadline|termin dostawy|data dostawy|"
    "termin realizacji|data wymagana|datum dodání|termín dodání|termín|data de entrega|"
    "data entrega|prazo|leverdatum|leveringsdatum|gewenste leverdatum|teslim tarihi|tarih|"
    "termin tarihi|date livraison|date besoin|date requise|date d échéance|fecha entrega|"
    "fecha requerida|data consegna|data richiesta|need by date|need by|ship date|promise date|"
    "promised date|requested date|promised delivery date|shipment date|requested ship date|due|"
    "planned receipt date|expected receipt date|bedarfstermin|lieferwunsch|solltermin"
    "|deliv date|del date|dlv date|lieferdat|lief datum|lieftermin|dt livraison"
)
CUSTOMER = (
    "customer|kunde|kundennummer|kunnr|sold to party|auftraggeber|client|cliente|"
    "customer number|partner id|customer name|debitor|klient|odbiorca|kontrahent|nr klienta|"
    "zleceniodawca|zákazník|odběratel|číslo zákazníka|código do cliente|emissor da ordem|klant|"
    "klantnummer|klantcode|debiteur|müşteri|müşteri kodu|müşteri no|cari kodu|code client|"
    "n client|donneur d ordre|código cliente|solicitante|codice cliente|committente|kundennr|"
    "kunden nr|kd nr|kdnr|kunag|sold to|sold to pt|sell to customer no|customer no|"
    "customer code|customer id|cust id|cust num|cust no|cust|bp customer"
    "|ag|cliente solicitante"
)
SUPPLIER = (
    "supplier|vendor|lieferant|lifnr|fournisseur|proveedor|fornitore|supplier number|kreditor|"
    "vendor supplying plant|lieferant lieferwerk|supplier supplying plant|vendor number|"
    "lieferantennummer|dostawca|kod dostawcy|nr dostawcy|dodavatel|číslo dodavatele|fornecedor|"
    "código do fornecedor|leverancier|leveranciersnummer|crediteur|tedarikçi|tedarikçi kodu|"
    "satıcı|satıcı kodu|code fournisseur|n fournisseur|código proveedor|codice fornitore|"
    "buy from vendor no|vendor no|supplier no|supplier code|supplier id|vendor id|vend id|"
    "vendor num|lief nr|lieferanten nr|lieferantennr"
    "|vendor supplying site|supplier supplying site|vendor name of supplying plant"
)
STORAGE = (
    "location|storage location|lagerort|lgort|sloc|storage|lager|warehouse|lagerplatz|bin|"
    "emplacement|magasin|depot|ubicacion|almacen|ubicazione|magazzino|location id|"
    "stock location|magazyn|lokalizacja|skład|sklad|umístění|skladové místo|depósito|armazém|"
    "almoxarifado|local de estoque|localização|magazijn|locatie|opslaglocatie|magazijnlocatie|"
    "depo|depo yeri|depo kodu|depo üretim yeri|ambar|location code|whse|whs|warehouse code|"
    "subinventory|bin code|stor loc|whlo|whsl|code magasin|emplacement de stockage|alm|"
    "ubicación técnica|lagerort nr"
    "|lort|lag ort|stge loc|stor location"
)
EQUIPMENT = (
    "work center|work centre|arbeitsplatz|arbpl|workstation|machine|maschine|resource|"
    "workcenter|poste de travail|poste|centro de trabajo|maquina|centro di lavoro|macchina|"
    "equipment|ressource|anlage|stanowisko|stanowisko robocze|maszyna|gniazdo|pracoviště|stroj|"
    "centro de trabalho|máquina|posto de trabalho|recurso|werkplek|bewerkingsplaats|"
    "werkcentrum|machinegroep|iş merkezi|iş yeri|makine|tezgah|machine center|"
    "machine center no|work center no|work centre no|resource group|resource id|resource code|"
    "plgr|wc|maschinengruppe|arbeitsplatzgruppe|poste de charge|centre de charge|"
    "puesto de trabajo|risorsa|work ctr"
    "|arb platz|work ctr|wrk ctr|wkctr"
)
PARENT_MATERIAL = (
    "parent|parent item|assembly|baugruppe|header material|kopfmaterial|oberteil|father|"
    "parent part|ensemble|conjunto|assieme|padre|compose|zespół|wyrób gotowy|sestava|"
    "vrcholový díl|produto acabado|material pai|samenstelling|hoofdartikel|üst malzeme|mamul|"
    "ana ürün|parent part no|parent part num|parent item no|production bom no|parent material|"
    "parent code|finished good|assembly no|assembly item|article père|produit fini|"
    "artículo padre|codice padre|" + MATERIAL
)
