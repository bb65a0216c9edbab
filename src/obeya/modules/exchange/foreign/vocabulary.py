"""What other programs and other languages call our columns.

Mostly English, German, French, Spanish and Italian, and the technical names of SAP.
The first words are the clearest. What several sheets name is in `terms`; what planners in other
countries and programs call a column, in `dialects`.
"""

from collections.abc import Mapping
from functools import cache

from obeya.modules.exchange.foreign.dialects import DIALECTS, LEVELS, LINE_NUMBERS
from obeya.modules.exchange.foreign.terms import (
    CUSTOMER,
    DATE,
    EQUIPMENT,
    MATERIAL,
    MATERIAL_NAME,
    NAME,
    PARENT_MATERIAL,
    QUANTITY,
    STORAGE,
    SUPPLIER,
    UNIT,
)
from obeya.modules.exchange.foreign.words import plain_words, synonyms

#: sheet → what the sheet itself may be called, and each of its columns
VOCABULARY: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "Materials": (
        "materials|material master|materialstamm|artikelstamm|articles|items|products|parts|"
        "articulos|articoli|artikel|teile|produkte|product template|item",
        {
            "code": MATERIAL,
            "name": MATERIAL_NAME + "|" + NAME,
            "kind": "kind|material type|materialart|mtart|type|typ|art|product type|tipo",
            "unit": UNIT,
            "safety_stock": "safety stock|sicherheitsbestand|eisbe|mindestbestand|"
            "stock de securite|"
            "stock de seguridad|scorta di sicurezza|stock minimo",
            "lead_time_days": "lead time|lead time days|planned delivery time|planlieferzeit|"
            "plifz|"
            "lieferzeit|wiederbeschaffungszeit|delai|plazo de entrega|tempo di consegna|"
            "lead time in days|delai de livraison",
            "lot_minimum": "minimum lot size|mindestlosgroesse|bstmi|minimum order qty|"
            "min order qty|"
            "mindestbestellmenge|moq|lot minimum|lotto minimo|lote minimo",
            "lot_multiple": "rounding value|rundungswert|bstrf|lot multiple|verpackungseinheit",
            "standard_cost": "standard price|standardpreis|stprs|standard cost|cost|kosten|"
            "valuation rate|cout|coste|costo|herstellkosten",
            "storage": STORAGE,
            "supplier": SUPPLIER,
            "policy": "procurement type|beschaffungsart|beskz|policy|make or buy|supply method",
        },
    ),
    "BOM": (
        "bom|bill of materials|stueckliste|stuecklisten|nomenclature|lista de materiales|"
        "distinta base|structure|mrp bom|bom item",
        {
            "material": PARENT_MATERIAL,
            "component": "component|komponente|komponentennummer|component number|idnrk|child|"
            "child item|unterteil|einzelteil|composant|componente|bom lines component|"
            "bom line ids product id|item code items|object|figlio|hijo|raw material",
            "quantity_per": "component quantity|komponentenmenge|comp qty|quantity per|qty per|"
            "menge je|quantity cun|menge kme|comp qty cun|mnglg|bom lines quantity|"
            "bom line ids product qty|qty items|" + QUANTITY,
            "per_quantity": "base quantity|product qty|basismenge|bmeng|bom quantity|"
            "quantite de base|lot base",
            "operation": "operation|vorgang|operation number|vornr",
            "scrap_percent": "component scrap|komponentenausschuss|scrap|ausschuss|scrap in|rebut|"
            "merma|scarto|ausch",
            "valid_from": "valid from|gueltig ab|datuv|effective from|start date|valable du|"
            "valido desde|valido dal",
            "valid_to": "valid to|gueltig bis|datub|effective to|end date|valable au|"
            "valido hasta|valido al|valid until",
        },
    ),
    "Operations": (
        "operations|routing|routings|arbeitsplan|arbeitsplaene|gamme|gammes|ruta|hoja de ruta|"
        "ciclo|"
        "cicli|mrp routing workcenter",
        {
            "material": PARENT_MATERIAL,
            "number": "operation number|operation|vorgang|vornr|op|step|sequence|folge|"
            "operation activity|ag|arbeitsgang|numero operation|operacion|operazione|fase|"
            "oper act",
            "name": "operation short text|vorgangskurztext|ltxa1|operation description|"
            "arbeitsgangtext|beschreibung|description|text|bezeichnung|operation name|libelle",
            "equipment": EQUIPMENT,
            "setup_min": "setup time|setup|ruestzeit|ruesten|vgw01|temps de reglage|"
            "tiempo de preparacion|tempo di attrezzaggio|set up time",
            "run_s": "run time|machine|machine time|maschinenzeit|stueckzeit|bearbeitungszeit|"
            "vgw02|"
            "time per piece|cycle time|taktzeit|temps unitaire|temps de cycle|tiempo de ciclo|"
            "tempo ciclo|duration|time in mins|manual duration|te",
            "fixed_run_min": "fixed time|fixzeit",
            "crew_size": "crew|crew size|number of employees|anzahl mitarbeiter|personen|people",
            "skill": "skill|qualifikation|qualification|competence",
            "queue_min": "queue time|wartezeit|liegezeit",
            "move_min": "move time|transportzeit",
        },
    ),
    "Stock": (
        "stock|bestand|bestaende|inventory|inventar|lagerbestand|mb52|stocks|existencias|giacenze|"
        "stock quant|stock balance|quants",
        {
            "material": MATERIAL,
            "location": STORAGE,
            "quantity": "unrestricted|frei verwendbar|labst|unrestricted use|unrestr|frei verwend|"
            "on hand|on hand quantity|bestand|actual qty|balance qty|inventory quantity|"
            "bestandsmenge|"
            "stock|stock qty|existencia|giacenza|frei|available|verfuegbar|" + QUANTITY,
            "lot": "batch|charge|charg|lot|lot number|chargennummer|losnummer|lote|lotto|batch no|"
            "lot serial number|lot id|numero de lot",
            "expires_on": "expiry date|shelf life expiration date|verfallsdatum|mhd|vfdat|"
            "mindesthaltbarkeitsdatum|sled bbd|expiration date|date d expiration|caducidad|"
            "scadenza",
            "made_on": "production date|herstelldatum|hsdat|date of manufacture",
            "status": "stock type|bestandsart|stock status",
        },
    ),
    "Demand": (
        "demand|orders|sales orders|sales order|kundenauftraege|auftraege|bedarf|bedarfe|va05|"
        "forecast|"
        "prognose|absatzplan|commandes|pedidos|ordini|sale order|customer orders|previsions|"
        "previsiones|previsioni",
        {
            "code": "line|order line|bestellposition|auftragsposition",
            "material": MATERIAL,
            "quantity": "order quantity|auftragsmenge|kwmeng|open quantity|offene menge|"
            "confirmed quantity|bestaetigte menge|cumulative order quantity|"
            "kumulierte auftragsmenge|"
            "order lines quantity|qty items|order line product uom qty|order quantity|" + QUANTITY,
            "due_at": "delivery date|lieferdatum|liefertermin|edatu|vdatu|requested deliv date|"
            "delivery date items|wunschlieferdatum|goods issue date|" + DATE,
            "customer": CUSTOMER,
            "order_code": "sales document|verkaufsbeleg|vbeln|sales order|order|auftrag|"
            "auftragsnummer|"
            "kundenauftrag|order number|order reference|auftrags nr|commande|n commande|pedido|"
            "ordine|"
            "numero pedido|numero ordine|id",
            "weight": "weight|priority|prioritaet|priorite|prioridad|priorita",
            "kind": "demand kind|bedarfsart|requirement type",
        },
    ),
    "Purchases": (
        "purchases|purchase orders|bestellungen|purchase order|me2n|me2m|me2l|achats|compras|"
        "acquisti|"
        "einkauf|bestellung|ordini di acquisto|pedidos de compra",
        {
            "number": "purchasing document|einkaufsbeleg|ebeln|purchase order|bestellung|"
            "bestellnummer|"
            "po number|po|purch doc|purchase order number|bestell nr|numero commande achat|"
            "pedido de compra|ordine di acquisto|order reference|id|order",
            "material": MATERIAL,
            "quantity": "still to be delivered quantity|still to be delivered qty|"
            "noch zu liefern menge|noch zu liefern|open quantity|offene menge|to be delivered|"
            "to be received|order quantity|bestellmenge|scheduled quantity|eingeteilte menge|"
            "order lines quantity|qty items|order line product qty|" + QUANTITY,
            "due_at": "delivery date|lieferdatum|liefertermin|eindt|expected arrival|"
            "required by|required by items|schedule date|date planned|"
            "order lines expected arrival|" + DATE,
            "supplier": SUPPLIER,
        },
    ),
    "Production orders": (
        "production orders|fertigungsauftraege|coois|manufacturing orders|process orders|"
        "work orders|work order|prozessauftraege|mrp production|ordres de fabrication|"
        "ordenes de produccion|ordini di produzione",
        {
            "number": "production order|fertigungsauftrag|aufnr|manufacturing order|work order|"
            "process order|prozessauftrag|order|auftrag|order number|auftragsnummer|reference|id",
            "material": "material number|material|materialnummer|item to manufacture|" + MATERIAL,
            "quantity": "order quantity gmein|auftragsmenge gmein|order quantity|auftragsmenge|"
            "total order quantity|gesamtmenge|target quantity|sollmenge|gamng|psmng|"
            "qty to manufacture|quantity to produce|operation quantity|vorgangsmenge|" + QUANTITY,
            "due_at": "basic finish date|eckendtermin|basic fin date|eckende|gltrp|"
            "scheduled finish|terminiertes ende|gltrs|planned end date|scheduled end|"
            "latest finish|spaetestes ende|" + DATE,
            "delivered": "delivered quantity gmein|gelieferte menge gmein|delivered quantity|"
            "gelieferte menge|quantity delivered|wemng|manufactured qty|quantity produced",
            "status": "system status|systemstatus|sttxt|status|state|zustand",
        },
    ),
    "Parties": (
        "parties|customers|suppliers|vendors|kunden|lieferanten|geschaeftspartner|kreditoren|"
        "debitoren|clients|fournisseurs|clientes|proveedores|clienti|fornitori|contacts|"
        "res partner",
        {
            "code": "code|account|number|nummer|partner|business partner|kreditor|debitor|"
            "codigo|codice|ref|" + CUSTOMER + "|" + SUPPLIER,
            "name": "name 1|name1|company|firma|supplier name|customer name|raison sociale|"
            "razon social|ragione sociale|" + NAME,
            "lead_time_days": "lead time|lieferzeit|delai|plazo|tempo di consegna",
        },
    ),
    "Equipment": (
        "equipment|machines|work centers|workstations|maschinen|arbeitsplaetze|anlagen|"
        "postes de travail|maquinas|macchine|mrp workcenter|workstation|resources",
        {
            "code": "code|" + EQUIPMENT,
            "name": NAME + "|workstation name",
            "parent": "parent|area|bereich|department|abteilung|cost center|kostenstelle|kostl",
            "capacity": "capacity|number of machines|anzahl maschinen|parallel capacity|"
            "production capacity",
        },
    ),
    "People": (
        "people|employees|mitarbeiter|personal|staff|salaries|empleados|dipendenti|personnel|"
        "hr employee|employee",
        {
            "code": "employee number|staff number|personalnummer|pernr|personal nr|employee|"
            "employee id|"
            "matricule|numero de empleado|matricola|code|number",
            "name": "employee name|" + NAME,
            "skill": "skill|qualifikation|qualification|competence|habilidad|competenza",
            "level": "level|stufe|niveau|nivel|livello",
        },
    ),
}

#: how deep a component lies in a list of all levels
LEVEL = synonyms(
    "level|stufe|bom level|explosion level|aufloesungsstufe|niveau|nivel|livello|" + LEVELS
)
#: where a line's number stands beside the order's: together they tell the line
LINE_NUMBER = synonyms(
    "item|item position|position|pos|posnr|ebelp|line|line no|zeile|ligne|linea|riga|"
    "sales document item|purchasing document item|verkaufsbelegposition|positionsnummer|idx|"
    + LINE_NUMBERS
)


@cache
def words_for(sheet: str) -> Mapping[str, tuple[str, ...]]:
    """Column → what it may be called, our own name first."""
    return {
        column: (
            plain_words(column),
            *dict.fromkeys([*synonyms(text), *synonyms(DIALECTS.get(sheet, {}).get(column, ""))]),
        )
        for column, text in VOCABULARY[sheet][1].items()
    }


@cache
def sheet_words(sheet: str) -> tuple[str, ...]:
    return synonyms(VOCABULARY[sheet][0])
