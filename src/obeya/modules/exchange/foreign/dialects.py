"""What a column is called in other countries and programs, beside `vocabulary`: Polish, Czech,
Portuguese, Dutch, Turkish, and the names in Dynamics, Infor, proALPHA, abas, Sage, Oracle, JD
Edwards, QAD, Epicor and IFS.
"""

from collections.abc import Mapping

#: sheet → column → its further names
DIALECTS: Mapping[str, Mapping[str, str]] = {
    "Materials": {
        "code": "código|codice|kod|kód|code article interne",
        "kind": (
            "typ materiału|rodzaj|druh materiálu|tipo de material|materiaalsoort|artikelsoort|"
            "malzeme türü|type d article|type article|tipo materiale|artikeltyp|teileart|"
            "part type|item type"
        ),
        "safety_stock": (
            "zapas bezpieczeństwa|stan minimalny|pojistná zásoba|minimální zásoba|"
            "estoque de segurança|stock de segurança|veiligheidsvoorraad|minimumvoorraad|"
            "emniyet stoğu|asgari stok|safety stock quantity|safety stock qty|min stock|"
            "minimum stock|stock mini|scorta minima"
        ),
        "lead_time_days": (
            "czas dostawy|czas realizacji|dodací lhůta|prazo de entrega|prazo de fornecimento|"
            "levertijd|tedarik süresi|temin süresi|planned deliv time|pl deliv time|"
            "delivery lead time|purchasing lead time|vendor lead time|"
            "délai d approvisionnement|délai livraison|plazo entrega|"
            "tempo di approvvigionamento"
        ),
        "lot_minimum": (
            "minimalna partia|minimalna wielkość partii|minimální dávka|tamanho mínimo do lote|"
            "minimale bestelhoeveelheid|minimum parti büyüklüğü|asgari sipariş miktarı|"
            "minimum order quantity|min lot size|min order quantity|lot mini|"
            "quantité minimum de commande|tamaño mínimo de lote|cantidad mínima de pedido"
        ),
        "lot_multiple": (
            "order multiple|lot size multiple|múltiplo|multiplo|multiple d achat|bestelveelvoud"
        ),
        "standard_cost": (
            "std cost|unit cost|coût standard|coste estándar|costo standard|koszt standardowy|"
            "custo padrão|kostprijs|standart maliyet"
        ),
        "policy": (
            "replenishment system|make buy|sposób zaopatrzenia|způsob pořízení|"
            "tipo de suprimento|type d approvisionnement|tipo de aprovisionamiento"
        ),
    },
    "BOM": {
        "component": (
            "składnik|komponent|podzespół|komponenta|složka|material filho|onderdeel|"
            "stuklijstcomponent|bileşen|alt malzeme|component item|component part|child part|"
            "component code|component no|material component|mtl part num|component part no|"
            "article composant|codice figlio|komponenten nr|componente material"
        ),
        "quantity_per": (
            "menge cun|qty cun|comp qty|komp menge|menge kme|"
            "ilość na sztukę|zużycie|spotřeba|množství na kus|quantidade do componente|consumo|"
            "aantal per|hoeveelheid per|bileşen miktarı|birim miktar|quantité composant|"
            "cantidad componente|fabbisogno unitario|coefficiente di impiego|component qty|"
            "qty per assembly|quantity per assembly|usage quantity|menge je stück|einsatzmenge"
        ),
        "scrap_percent": (
            "odpad|zmetkovitost|refugo|uitval|fire|hurda|scrap percent|scrap factor|taux de rebut"
        ),
    },
    "Operations": {
        "number": (
            "vrg|vg|"
            "operacja|nr operacji|operace|číslo operace|operação|número da operação|bewerking|"
            "bewerkingsnummer|operasyon|operasyon no|işlem no|operation no|op no|op num|"
            "opr seq|oper seq|oprseq|seq no|operation seq|ag nr|agnr|arbeitsgang nr|afo|"
            "vorgangsnummer|n operation|n operazione|número de operación"
        ),
        "name": (
            "nazwa operacji|opis operacji|název operace|popis operace|descrição da operação|"
            "bewerkingsomschrijving|operasyon açıklaması|operasyon tanımı|"
            "désignation opération|descrizione operazione|descripción operación|op desc|"
            "oper desc|arbeitsgangbezeichnung"
        ),
        "setup_min": (
            "czas przygotowawczy|tpz|czas przezbrojenia|přípravný čas|seřízení|"
            "tempo de preparação|tempo de setup|insteltijd|omsteltijd|hazırlık süresi|"
            "ayar süresi|temps de préparation|réglage|tiempo preparación|tempo setup|"
            "attrezzaggio|setup hours|est set hours|rüstzeit tr|tr"
        ),
        "run_s": (
            "czas jednostkowy|tj|kusový čas|jednotkový čas|tempo de execução|tempo de máquina|"
            "bewerkingstijd|machinetijd|stuktijd|işlem süresi|makine süresi|çevrim süresi|"
            "temps d exécution|temps machine|tiempo máquina|tiempo de ejecución|tempo macchina|"
            "tempo di lavorazione|run hours|unit time|time per unit|run time per piece|"
            "laufzeit|stückzeit te"
        ),
        "crew_size": (
            "obsada|počet pracovníků|número de pessoas|aantal personen|kişi sayısı|effectif|"
            "crew qty"
        ),
        "queue_min": (
            "czas oczekiwania|čekání|tempo de fila|wachttijd|bekleme süresi|temps d attente|"
            "tiempo de espera"
        ),
    },
    "Stock": {
        "quantity": (
            "frei verwendb|unrestr use|"
            "stan|stan magazynowy|ilość na stanie|do wolnego użycia|stav skladu|"
            "množství na skladě|zásoba|volně použitelné|estoque|quantidade em estoque|"
            "utilização livre|saldo|voorraad|vrij te gebruiken|technische voorraad|"
            "stok miktarı|stok|mevcut miktar|tahditsiz kullanılabilir|quantité en stock|"
            "à utilisation libre|utilisation libre|stock disponible|libre utilización|"
            "cantidad en stock|utilizzo libero|quantità disponibile|qty on hand|"
            "quantity on hand|onhand|on hand qty|onhand qty|remaining quantity|"
            "unrestricted stock|primary quantity|inventory|lagermenge|ist bestand|istbestand|"
            "freier bestand"
        ),
        "lot": (
            "partia|nr partii|seria|šarže|číslo šarže|número do lote|batchnummer|partijnummer|"
            "parti|parti no|n lot|numero lotto|número de lote|lot no|batch number|lot num|"
            "lot batch no"
        ),
        "expires_on": (
            "data ważności|datum expirace|data de validade|houdbaarheidsdatum|tht|"
            "son kullanma tarihi|expiration|date de péremption|fecha de caducidad|"
            "data di scadenza|best before|best before date|haltbar bis"
        ),
    },
    "Demand": {
        "order_code": (
            "doc vente|vbel|"
            "zamówienie|nr zamówienia|zamówienie klienta|zakázka|číslo zakázky|objednávka|"
            "ordem de venda|pedido de venda|documento de vendas|encomenda|verkooporder|"
            "verkoopordernummer|ordernummer|sipariş|sipariş no|satış siparişi|document no|"
            "sales order no|so number|so no|order no|order num|order id|auftragsnr|ab nr|"
            "belegnummer|beleg nr|commande client|numéro de commande|document de vente|"
            "documento de ventas|número de pedido|pedido de cliente|ordine cliente|"
            "documento di vendita|sales doc"
        ),
        "quantity": (
            "order qty|auftr menge|quantité|"
            "outstanding quantity|open qty|ordered quantity|ordered qty|quantity ordered|wmeng|"
            "quantidade da ordem|quantité d ordre|quantité commande|cantidad de pedido|"
            "quantità ordine|ilość zlecenia|objednané množství|bestelde hoeveelheid|"
            "sipariş miktarı|offen|restmenge"
        ),
    },
    "Purchases": {
        "number": (
            "zamówienie|zamówienie zakupu|nr zamówienia|objednávka|číslo objednávky|"
            "ordem de compra|documento de compras|inkooporder|inkoopordernummer|bestelling|"
            "satınalma siparişi|satınalma belgesi|sipariş no|po num|document no|order no|"
            "commande d achat|document d achat|numéro de commande|orden de compra|"
            "ordine acquisto|documento acquisti|bestellnr"
        ),
        "quantity": (
            "noch zu lief|still to be del|to be del|to be delivered qty|"
            "outstanding quantity|remaining qty|remaining quantity|quantity due|open qty|"
            "noch zu liefernde menge|still to be delivered|à livrer|quantité restante|"
            "por entregar|cantidad pendiente|da consegnare|quantità residua|do dostarczenia|"
            "zbývá dodat|a fornecer|nog te leveren|teslim edilecek miktar|kalan miktar|"
            "rückstand"
        ),
    },
    "Production orders": {
        "number": (
            "zlecenie|zlecenie produkcyjne|nr zlecenia|výrobní zakázka|výrobní příkaz|"
            "ordem de produção|ordem|productieorder|productieordernummer|üretim emri|iş emri|"
            "üretim siparişi|ordre de fabrication|of|n of|ordre|orden de fabricación|"
            "orden de producción|orden|ordine di produzione|odp|ordine|prod order no|"
            "production order no|job|job num|job no|wo|wo no|work order no|shop order|"
            "shop order no|order no|mo number|fa nr|fertigungsauftragsnr|betriebsauftrag|ba nr|"
            "produktionsauftrag|werkauftrag"
        ),
        "quantity": (
            "target qty|tgt qty|gesamtmg|"
            "planned quantity|order qty|quantity ordered|prod qty|production qty|ilość zlecona|"
            "plánované množství|quantidade da ordem|orderhoeveelheid|sipariş miktarı|"
            "quantité à fabriquer|cantidad a producir|quantità da produrre|planmenge|losgröße"
        ),
        "due_at": (
            "bsc fin|bsc fin date|basic fin|eckend|"
            "ending date|finish date|end date|endtermin|fertigtermin|date de fin|date fin|"
            "fecha fin|fecha de fin|data fine|termin zakończenia|termín dokončení|data de fim|"
            "data fim|einddatum|bitiş tarihi|baz bitiş|basic finish|bas fin date|req due date|"
            "sched end"
        ),
        "delivered": (
            "gwemg|delivered qty|gelief menge|"
            "geliefert|finished quantity|qty completed|quantity completed|completed qty|"
            "gutmenge|quantité livrée|cantidad entregada|quantità consegnata|ilość dostarczona|"
            "dodané množství|quantidade fornecida|geleverde hoeveelheid|teslim edilen miktar"
        ),
        "status": (
            "stan zlecenia|stav|situação|estado|stato|statut|durum|statut système|"
            "status sistema|sistem durumu"
        ),
    },
    "Parties": {
        "name": (
            "nazwa|název|razão social|nome|naam|ünvan|unvan|name1|nazwa 1|nom 1|nombre 1|nome 1"
        ),
    },
    "Equipment": {
        "name": (
            "nazwa|název|omschrijving|açıklama|arbeitsplatzbezeichnung|work center description|"
            "work center name"
        ),
    },
    "People": {
        "code": (
            "numer pracownika|osobní číslo|número do funcionário|personeelsnummer|sicil no|"
            "personel no|emp id|empid|employee no"
        ),
        "name": (
            "imię i nazwisko|jméno|nome do funcionário|medewerker|ad soyad|nom et prénom|"
            "apellidos y nombre|nome e cognome|vor und nachname"
        ),
    },
}
#: of how deep a component lies
LEVELS = "lv|lev|exlv|st|poziom|úroveň|seviye|bom seviyesi"
#: of where a line's number stands
LINE_NUMBERS = (
    "pozycja|položka|linha|regel|positie|kalem|satır|line number|line num|pos nr|position nr|poste|"
    "posición|posizione|posição|rel line|schedule line"
)
