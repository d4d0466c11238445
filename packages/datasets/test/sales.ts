/** Sales of two shops on a few days, in no order. */
export const sales = `day,shop,sales
2024-01-01,a,1
2024-01-03,a,2
2024-01-10,a,4
2024-01-02,b,10
2024-01-20,b,30
2024-01-28,a,5
`;
export const salesRoles = { timestamp: 'day', item: 'shop', target: 'sales' };
